"""Addresses of the calendar, the pools of times and the bookings in them."""

from django.urls import path

from slots.views import (
    asking,
    booking,
    calendar,
    calendar_lists,
    capacity,
    moving_back,
    pools,
    pools_reserving,
    several,
    withdrawing,
)

app_name = "slots"
urlpatterns = [
    path("kalender/", calendar.calendar, name="calendar"),
    path("kalender/medarbejdere/", calendar_lists.staff, name="staff_calendar"),
    path("kalender/dagsliste/", calendar_lists.day_list, name="day_list"),
    path("kalender/book/<case:case>/", booking.book, name="book"),
    path("kalender/flyt/<int:pk>/", booking.move, name="move"),
    path("kalender/flyt/<int:pk>/fortryd/<str:token>/", moving_back.undo_move, name="undo_move"),
    path("kalender/bed-om/<case:case>/", asking.ask_for_this_time, name="ask_for_this_time"),
    path("kalender/hold/<case:case>/", booking.keep, name="hold"),
    path("kalender/flere/", several.several, name="several"),
    path("kalender/flere/<int:pk>/", several.result, name="several_result"),
    path("kalender/flere/<int:pk>/videre/", several.more, name="several_more"),
    path("kalender/ingen-tider/<int:pk>/", several.no_times, name="no_times"),
    path("kalender/ingen-tider/sag/<case:case>/", several.keep_none, name="keep_no_times"),
    path("kalender/kapacitet/", capacity.capacity, name="capacity"),
    path("kalender/kapacitet/fil/", capacity.capacity_file, name="capacity_file"),
    path("kalender/uden-tid/", capacity.without, name="without"),
    path("kalender/uden-tid/bed/", capacity.ask, name="ask_for_times"),
    path("kalender/puljer/", pools.pools, name="pools"),
    path("kalender/puljer/ny/", pools.new_pool, name="new_pool"),
    path("kalender/puljer/<int:pk>/", pools.pool, name="pool"),
    path("kalender/puljer/<int:pk>/ret/", pools.edit_pool, name="edit_pool"),
    path("kalender/puljer/<int:pk>/udgiv/", pools.publish_pool, name="publish_pool"),
    path("kalender/puljer/<int:pk>/forlaeng/", pools.extend_pool, name="extend_pool"),
    path("kalender/puljer/<int:pk>/undtag/", pools.leave_out, name="leave_out"),
    path("kalender/puljer/tilbagetraek/", withdrawing.withdraw, name="withdraw"),
    path("kalender/puljer/tilbagetraek/<int:pk>/", withdrawing.withdrawn, name="withdrawn"),
    path(
        "kalender/puljer/tilbagetraek/<int:pk>/fortryd/",
        withdrawing.withdrawn_act,
        name="withdrawn_act",
    ),
    path("kalender/puljer/tid/<int:pk>/", pools.slot, name="slot"),
    path("kalender/tider/", pools_reserving.times, name="times"),
    path("kalender/tider/flere/", pools_reserving.several_times, name="several_times"),
    path("kalender/tider/fortryd/", pools_reserving.undo_times, name="undo_times"),
    path("kalender/region/", pools_reserving.region, name="region"),
    path("kalender/udstationering/", pools_reserving.stationing, name="stationing"),
]
