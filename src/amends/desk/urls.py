"""Every page of the desk."""

from allauth.account import views as account
from django.urls import URLPattern, URLResolver, include, path

from amends.desk import around, board, entrance, hand_accounts, health, live, places

ACCOUNTS: list[URLPattern | URLResolver] = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("two-steps/", include("allauth.mfa.urls")),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health.healthz, name="healthz"),
    path("metrics", health.metrics, name="metrics"),
    path("welcome/", entrance.welcome, name="welcome"),
    path("accounts/", include(ACCOUNTS)),
    path("live/", live.live, name="live"),
    path("brands.css", around.brands_css, name="brands_css"),
    path("", board.home, name="home"),
    path("home/part/", board.home_part, name="home_part"),
    path("start/", places.start, name="start"),
    path("start/by-hand/", hand_accounts.add, name="start_by_hand"),
    path("start/mastodon/", places.start_mastodon, name="start_mastodon"),
    path("desk/", places.desk, name="desk"),
    path("desk/record.jsonl", places.export, name="export"),
    path("desk/accounts/<str:account_id>/", places.account, name="account"),
    path("desk/accounts/<str:account_id>/profile/", hand_accounts.profile, name="profile"),
    path("desk/accounts/<str:account_id>/brand/", places.brand, name="brand"),
    path("desk/accounts/<str:account_id>/reconnect/", places.reconnect, name="reconnect"),
    path("desk/accounts/<str:account_id>/disconnect/", places.disconnect, name="disconnect"),
    path("frame/banners/", around.banners, name="frame_banners"),
    path("frame/theme/", around.theme, name="theme"),
    path("frame/brand/", around.choose_brand, name="choose_brand"),
    path("frame/time/", around.move_time, name="move_time"),
    path("", include("amends.desk.prevent.urls")),
    path("", include("amends.desk.notice.urls")),
    path("", include("amends.desk.answer.urls")),
    path("", include("amends.desk.learn.urls")),
]

handler404 = "amends.desk.around.not_found"
handler500 = "amends.desk.around.broken"
