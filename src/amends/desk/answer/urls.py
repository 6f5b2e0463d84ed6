"""Where the incidents are, and each step of their rooms."""

from django.urls import path

from amends.desk.answer import people, statement, views

urlpatterns = [
    path("incidents/", views.incidents, name="incidents"),
    path("incidents/<str:incident_id>/", views.room, name="room"),
    path("incidents/<str:incident_id>/head/", views.head, name="room_head"),
    path("incidents/<str:incident_id>/lead/", views.lead, name="room_lead"),
    path("incidents/<str:incident_id>/severity/", views.severity, name="room_severity"),
    path("incidents/<str:incident_id>/note/", views.note, name="room_note"),
    path("incidents/<str:incident_id>/evidence/", views.evidence, name="room_evidence"),
    path("incidents/<str:incident_id>/dismiss/", views.dismiss, name="room_dismiss"),
    path("incidents/<str:incident_id>/hold/", views.hold, name="room_hold"),
    path("incidents/<str:incident_id>/facts/", views.facts, name="room_facts"),
    path("incidents/<str:incident_id>/facts/agree/", views.agree, name="room_agree"),
    path("incidents/<str:incident_id>/facts/new/", views.new_facts, name="room_new_facts"),
    path("incidents/<str:incident_id>/options/", views.options, name="room_options"),
    path("incidents/<str:incident_id>/statement/", statement.write, name="room_statement"),
    path("incidents/<str:incident_id>/statement/check/", statement.check, name="statement_check"),
    path(
        "incidents/<str:incident_id>/statement/outcome/",
        statement.outcome,
        name="statement_outcome",
    ),
    path(
        "incidents/<str:incident_id>/statement/approve/",
        statement.approve,
        name="statement_approve",
    ),
    path(
        "incidents/<str:incident_id>/statement/withdraw/",
        statement.withdraw,
        name="statement_withdraw",
    ),
    path("incidents/<str:incident_id>/people/", people.listed, name="room_people"),
    path("incidents/<str:incident_id>/people/part/", people.part, name="people_part"),
    path("incidents/<str:incident_id>/people/add/", people.add, name="people_add"),
    path("incidents/<str:incident_id>/people/<str:person_id>/", people.person, name="person"),
    path(
        "incidents/<str:incident_id>/people/<str:person_id>/check/",
        people.check,
        name="person_check",
    ),
    path(
        "incidents/<str:incident_id>/people/<str:person_id>/by-hand/",
        people.by_hand,
        name="person_by_hand",
    ),
    path(
        "incidents/<str:incident_id>/people/<str:person_id>/move/",
        people.move,
        name="person_move",
    ),
    path("incidents/<str:incident_id>/settle/", views.settle, name="room_settle"),
    path("incidents/<str:incident_id>/cause/", views.cause, name="room_cause"),
    path("incidents/<str:incident_id>/silence/", views.silence, name="room_silence"),
    path("incidents/<str:incident_id>/privately/", views.privately, name="room_privately"),
    path("incidents/<str:incident_id>/lesson/", views.lesson, name="room_lesson"),
]
