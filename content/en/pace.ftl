# An exercise that stands still, in English.

guide-takes = { $n ->
    [one] Takes about a minute.
   *[other] Takes about { $n } minutes.
}
guide-stuck = Something went wrong on my side, so the exercise has stopped moving. It's nothing you did.
