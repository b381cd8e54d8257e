"""The timetable of the kernel's own tasks; settings put every timetable together."""

KERNEL_SCHEDULE = {
    "ticketing-tidy": {"task": "ticketing.tidy", "schedule": 20.0, "options": {"expires": 15}},
}
