# Labels of buttons and menus: 75 characters at most, about 30 of which are seen.
button-again = Regenerate again
button-again-cost = Regenerate again · { $credits ->
    [one] { $credits } credit
   *[other] { $credits } credits
}
button-regenerate = Regenerate
button-regenerate-cost = Regenerate · { $credits ->
    [one] { $credits } credit
   *[other] { $credits } credits
}
# Read out instead of the label above, where a message has several of them.
button-regenerate-which = Regenerate { $what }
button-regenerate-which-cost = Regenerate { $what }, { $credits ->
    [one] { $credits } credit
   *[other] { $credits } credits
}
button-storyboard-of = Storyboard of { $video }
button-show-of = Show the newest request on { $video }
button-name-of = Give { $video } that name
button-change-which = Change { $what }…
button-retry = Retry
button-keep-watching = Keep watching
button-stop-watching = Stop watching
button-watch = Watch
button-storyboard = Storyboard
button-another-image = Another image…
button-change = Change…
button-start-now = Start it now
button-go-ahead = Regenerate anyway
button-go-ahead-several = Regenerate { $count } sequences
button-use-picture = Use it all the same
menu-another-effect = Another effect

# The dialog before one press spends credits: 300 characters at most, its buttons 30.
confirm-title = Spend credits?
confirm-chosen = This regenerates { $what } with the effect that you chose. { $cost }
confirm-same = This regenerates { $what } as it is now. { $cost }
confirm-same-effect = This regenerates { $what } with the same effect, { $effect }. { $cost }
confirm-failed = { $count ->
    [one] This regenerates the { $count } sequence that failed. { $cost }
   *[other] This regenerates the { $count } sequences that failed. { $cost }
}
confirm-cost = { $credits ->
    [one] It costs about { $credits } credit.
   *[other] It costs about { $credits } credits.
}
confirm-cost-unknown = It costs credits; how many is not known yet.
confirm-yes = Regenerate
confirm-no = Cancel
