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
button-retry = Retry
button-keep-watching = Keep watching
button-stop-watching = Stop watching
button-watch = Watch
button-storyboard = Storyboard
button-another-image = Another image…
button-change = Change…
button-go-ahead = Regenerate anyway
button-go-ahead-several = Regenerate { $count } sequences
menu-another-effect = Another effect
