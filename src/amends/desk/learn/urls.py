"""Where the lessons are."""

from django.urls import path

from amends.desk.learn import views

urlpatterns = [
    path("lessons/", views.lessons, name="lessons"),
    path("lessons/from/<str:incident_id>/", views.propose, name="lesson_propose"),
    path("lessons/<str:lesson_id>/", views.lesson, name="lesson"),
    path("lessons/<str:lesson_id>/adjust/", views.adjust, name="lesson_adjust"),
    path("lessons/<str:lesson_id>/replay/", views.replay, name="lesson_replay"),
    path("lessons/<str:lesson_id>/retire/", views.retire, name="lesson_retire"),
    path("lessons/<str:lesson_id>/adopt/", views.adopt, name="lesson_adopt"),
]
