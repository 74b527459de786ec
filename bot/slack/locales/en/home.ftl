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
home-videos = *Videos lately worked on*
# A modal's title and button: 24 characters at most.
home-request = Request
home-storyboard = Storyboard
home-close = Close
home-taken = That is under way: its message appears in { $channel }, and what comes of it in its thread. If there is something to ask first, I ask it here, or in a direct message once this is closed.
home-taken-direct = That is under way: its message appears in our direct messages. If there is something to ask first, I ask it here, or there once this is closed.
button-regenerate-video = Regenerate…
# Read out instead of the labels, as Home has many that read the same.
button-regenerate-video-of = Regenerate sequences of { $video }…
button-again-which = Repeat request { $number }: { $what }
button-retry-which = Retry request { $number }: { $what }
button-keep-watching-which = Keep watching request { $number }: { $what }
button-stop-watching-which = Stop watching request { $number }: { $what }
