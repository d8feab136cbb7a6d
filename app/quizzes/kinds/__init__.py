"""Types of items: what their files hold, how they are shown, answered, scored and explained."""
