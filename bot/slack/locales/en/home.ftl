# The Home tab.
home-own = *Your regenerations*
home-all = *Everybody's regenerations*
home-hello = *Hello! I regenerate a sequence of an IACrea video.*
home-hello-start = Press the button, or type { $command } in a channel: choose the video, the sequence and, if you like, another effect or image.
home-hello-then = A message there shows how far it is; in its thread I tell you when it is ready.
home-hello-cost = Regenerating costs credits. I ask before several sequences are regenerated, or a render in progress is cancelled.
home-spent = { $credits ->
    [0] You have not spent any credits this month
    [one] You have spent { $credits } credit this month
   *[other] You have spent { $credits } credits this month
}
button-open-form = Regenerate a sequence…
