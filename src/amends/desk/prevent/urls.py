"""Where the pages before and around publishing are."""

from django.urls import path

from amends.desk.prevent import cards, composing, freezing, outbox, published

urlpatterns = [
    path("compose/", composing.compose, name="compose"),
    path("compose/review/", composing.review, name="compose_review"),
    path("calendar/", outbox.calendar, name="calendar"),
    path("calendar/part/<str:name>/", outbox.part, name="calendar_part"),
    path("outgoing/<str:outgoing_id>/<str:what>/", outbox.act, name="outgoing_act"),
    path("cards/<str:outgoing_id>/", cards.card, name="card"),
    path("cards/<str:outgoing_id>/part/<str:name>/", cards.part, name="card_part"),
    path("cards/<str:outgoing_id>/picture/<int:number>/", cards.picture, name="card_picture"),
    path("cards/<str:outgoing_id>/<str:what>/", cards.act, name="card_act"),
    path("posts/<str:post_id>/", published.post, name="post"),
    path("posts/<str:post_id>/take-down/", published.take_down, name="take_down"),
    path("posts/<str:post_id>/audience/", published.audience, name="audience"),
    path("freeze/", freezing.freeze, name="freeze"),
    path("freeze/<str:hold_id>/", freezing.receipt, name="receipt"),
    path("freeze/<str:hold_id>/resume/", freezing.resume, name="resume"),
    path("mistake/", published.mistake, name="mistake"),
]
