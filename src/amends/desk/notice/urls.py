"""Where Listen and the alarms are."""

from django.urls import path

from amends.desk.notice import views

urlpatterns = [
    path("listen/", views.listen, name="listen"),
    path("listen/new/", views.listen_new, name="listen_new"),
    path("listen/<str:mention_id>/", views.mention, name="mention"),
    path("listen/<str:mention_id>/check/", views.mention_check, name="mention_check"),
    path("listen/<str:mention_id>/judge/", views.mention_judge, name="mention_judge"),
    path("alarms/", views.alarms, name="alarms"),
    path("alarms/<str:alarm_id>/", views.alarm, name="alarm"),
    path("alarms/<str:alarm_id>/not-us/", views.alarm_not_us, name="alarm_not_us"),
    path("alarms/<str:alarm_id>/watch/", views.alarm_watch, name="alarm_watch"),
    path("alarms/<str:alarm_id>/take-back/", views.alarm_take_back, name="alarm_take_back"),
]
