# The storyboard: a video and its sequences, for one person or for a channel.
storyboard-title = *Storyboard* of { $video } · { $state }
storyboard-done = ready
storyboard-failed = IACrea says that it failed
storyboard-count = { $count ->
    [one] { $count } sequence
   *[other] { $count } sequences
}
storyboard-cost = { $credits ->
    [one] { $credits } credit to regenerate one
   *[other] { $credits } credits to regenerate one
}
storyboard-cost-unknown = regenerating one costs credits
storyboard-range = { $first ->
    [1] The first { $last } of { $count } sequences
   *[other] Sequences { $first } to { $last } of { $count }
}
storyboard-range-shared = The first { $last } of { $count } sequences. Press Storyboard to see all of them.
storyboard-positions = The numbers count the sequences that IACrea animates, not the scenes of the film.
storyboard-automatic = This is an automatic video, built by IACrea itself. You can look at it; IACrea documents regenerating for the other videos only, so there is no button for it here.
storyboard-card = { $position } · { $effect }
storyboard-card-plain = Sequence { $position }

sequence-success = Ready
sequence-pending = Being made…
sequence-error = Failed
sequence-hidden = IACrea does not show its state just now
sequence-says = IACrea says { $status }

button-regenerate-failed = Regenerate failed ({ $count })
button-regenerate-failed-cost = Regenerate failed ({ $count }) · { $credits ->
    [one] { $credits } credit
   *[other] { $credits } credits
}
button-previous = Previous { $count }
button-next = Next { $count }
button-name-video = Name this video
button-share = Share in channel
button-name-sequences = Name sequences
share-unclear = Slack did not tell me whether the storyboard was posted. Look in the channel before you share it again.
