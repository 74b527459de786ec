# The card of a request in the channel, and its outcome in the thread.
# $what: `*sequence 2 of 5* with *push out* instead of move right from a new image`.
card-regenerating = { $who } is regenerating { $what }
card-watching = { $who } is watching { $what }
# Where the name of who asked is not known.
card-somebody-regenerating = Regenerating { $what }
card-somebody-watching = Watching { $what }
card-regenerated = { $who } regenerated { $what }
card-watched = { $who } watched { $what }
card-wanted = { $who } wanted to regenerate { $what }
what-effect = { $what } with { $effect }
effect-instead = { $new } instead of { $old }
what-image = { $what }, from a new image
what-image-size = { $what }, from a new image ({ $size } pixels)

stage-sending = Sending it to IACrea…
stage-looking = Looking at IACrea…
stage-queued = Queued at IACrea
stage-animating = Animating
stage-animating-some = Animating { $done } of { $of } sequences
stage-rendering = Rendering { NUMBER($share, style: "percent", maximumFractionDigits: 0) }
stage-silent = IACrea does not answer at the moment; I keep asking
stage-unknown = IACrea says { $status }
# $ago and $time are shown by Slack in the reader's own zone.
progress-since = started { $ago }
progress-until = ready around { $time }
progress-longer = taking longer than usual

card-repeated = If the same message stands here twice: Slack lost its answer to the first one. This one is kept up to date.
card-repetition = Slack lost its answer to this message, so I posted it again: <{ $link }|see there> what comes of it.
closing-see-thread = { $closing }: see the thread
# In a thread the result stands below its card.
closing-see-below = { $closing }: see below
closing-done = Done
closing-failed = Failed
closing-expired = Not finished in time
closing-stopped = Not watched any more
closing-unclear = Does not seem to have started
closing-rejected = Not started

outcome = { $who }, { $verdicts }
verdict-done = { $count ->
    [one] { $what } is ready.
   *[other] { $what } are ready.
}
verdict-done-effect = { $count ->
    [one] { $what } is ready, with { $effect }.
   *[other] { $what } are ready, with { $effect }.
}
verdict-failed = { $what } failed at IACrea. { $why }
verdict-failed-advice = Another effect or image often helps.
verdict-expired = { $count ->
    [one] { $what } is still not finished, so I stopped watching.
   *[other] { $what } are still not finished, so I stopped watching.
 } IACrea may be stuck. Press Keep watching and I go on; that costs nothing.
verdict-stopped-operator = I stopped watching { $what }: whoever operates me has ended it. IACrea goes on only while somebody watches: press Keep watching and I go on; that costs nothing.
verdict-stopped = I stopped watching { $what }, as { $by } asked. IACrea goes on only while somebody watches: press Keep watching and I go on; that costs nothing.
verdict-unclear = { $count ->
    [one] { $what } does not seem to have started
   *[other] { $what } do not seem to have started
 }: IACrea's answer got lost, and nothing changed on the video since. I did not send it again, so that you never pay twice. To send it again, press Retry.
verdict-refused = { $count ->
    [one] { $what } was not started. { $why }
   *[other] { $what } were not started. { $why }
}

fact-used = { $credits ->
    [one] { $credits } credit used
   *[other] { $credits } credits used
}
fact-left = { $credits } left
fact-took = took { $duration }
low-credits = { $credits ->
    [0] ⚠️ No credits left on the IACrea account. Top them up before the next regeneration.
    [one] ⚠️ Only { $credits } credit left on the IACrea account. Top them up soon.
   *[other] ⚠️ Only { $credits } credits left on the IACrea account. Top them up soon.
}
picture-before = Before
picture-after = After
picture-before-of = { $what } before
picture-after-of = { $what } after
pictures-linked = <{ $before }|Before> · <{ $after }|After>

superseded = ↻ Regenerated again since: <{ $link }|see there>.
superseded-nowhere = ↻ Regenerated again since.
