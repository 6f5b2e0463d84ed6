"""The desk as an ASGI application."""

import os
import warnings

from django.core.asgi import get_asgi_application

from amends.desk.bounds import Bounded

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "amends.desk.settings")

# Static files are small and read at once; that whitenoise reads them so is no news.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous")

application = Bounded(get_asgi_application())
