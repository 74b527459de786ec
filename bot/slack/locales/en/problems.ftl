# What is wrong, and what to do instead. $command is the command's name with its slash.
nothing-started = Nothing was started. { $why }
not-written-down = Nothing was started: I could not write your request down. Try again in a minute.
busy = Nothing was started: too much is waiting already. Try again in a minute.
slack-in-trouble = Nothing was started: Slack did not answer me just now. Try again.
sorry = Nothing was started: something went wrong on my side. Try again; if that does not help, whoever runs me finds the reason in my log.
outcome-unsaid = What you asked for on { $video } has ended, and something went wrong on my side as I wanted to say how. Look at the video at IACrea; whoever runs me finds the reason in my log.
given-up = Slack had given up on { $wanted } when it reached me, so nothing was started. Start it now?
given-up-since = Slack had given up on { $wanted } when it reached me, so nothing was started. { $since } { $cost } Start it all the same?
too-slow = That took too long for Slack to open a window. Press it again.

problem-not-a-video = { $typed } is not a video. Use its id, a link to it, or a name it was given: { $example }.
problem-own-word = { $typed } is one of my own words, and not a video. Type it like this: { $example }.
did-you-mean = { $count ->
    [one] Did you mean this one? A press does what you asked, with that video.
   *[other] Did you mean one of these? A press does what you asked, with that video.
}
problem-not-a-sequence = { $typed } is not a sequence. Use its number in the storyboard, such as `2`, several such as `2,4-6`, or `failed` for all that failed.
problem-too-many-sequences = { $asked } sequences are too many for one request. Ask for at most { $most }, such as { $example }.
problem-unknown-effect-near = I know no effect called { $typed }. Did you mean { $nearest }?
problem-unknown-effect = I know no effect called { $typed }. { $example } lists them.
problem-private-image = IACrea cannot reach { $typed }. Use a link to a public image.
problem-bad-image = { $typed } is not an image link I can use. It has to start with `https://`, without a password or spaces, and have at most { $most } characters.
problem-too-long = That is { $length } characters, more than the { $most } I read. Try { $example }.
problem-stale-button = That is of another version of me, and I can no longer read it. Type { $example } instead.
problem-another-command = I do not listen to { $typed } here. Type { $example } instead.
problem-bad-name-too-long = { $typed } is too long for a name. Use at most 40 characters, such as { $example }.
problem-bad-name-too-short = { $typed } is too short for a name. Use at least two characters, such as { $example }.
problem-bad-name-characters = { $typed } cannot be a name. Use letters, digits, `-`, `_` and `.`, without emoji, such as { $example }.
problem-bad-name-looks-like-an-id = { $typed } cannot be a name, because it looks like a number or an id. Use words, such as { $example }.
problem-bad-name-own-word = { $typed } cannot be a name, because it is one of my own words. Use another one, such as { $example }.
problem-bad-name-looks-alike = { $typed } cannot be a name, because it may be taken for one in other letters. Use letters of one alphabet, such as { $example }.
problem-bad-name-an-id = { $typed } cannot be a name, because it is the id of a video. Use another one, such as { $example }.
problem-name-taken = Another video is called { $name } already. Choose another name; or give that video ({ $video }) a new one first.
problem-no-last-video = No video was worked on in this channel yet, so there is no `last`. Use the video's id or a link to it.
problem-nothing-to-repeat = Nothing that was regenerated in this thread has ended yet, so there is nothing to do again. Type { $example }.
problem-again-where = `again` repeats what was regenerated in a thread: mention me in that thread. Here, type { $example }.
problem-no-such-request = I remember no request { $asked }. { $example } lists what was asked for lately.
problem-not-allowed-person = You may not spend credits with me.
problem-not-allowed-outsider = Only people of the organisation that installed me may do that: it spends its credits, or changes what they are spent on. You can look.
problem-not-allowed-guest = Guests may not do that: it spends credits, or changes what they are spent on. You can look.
problem-not-allowed-unknown = Slack does not tell me just now whether you are a guest or of another organisation. Try again in a minute.
problem-not-allowed-group = Slack does not tell me just now who is in the user group that may spend credits with me. Try again in a minute.
problem-not-allowed-ask = { $admins } can change that.
problem-not-allowed-ask-operator = Whoever runs me can change that.
problem-not-allowed-channel = Credits may not be spent in this channel. Use { $channels }.
problem-hourly-limit = { $limit ->
    [one] You may regenerate { $limit } sequence an hour
   *[other] You may regenerate { $limit } sequences an hour
 }, and this would be more. Try again in { $minutes ->
    [one] { $minutes } minute
   *[other] { $minutes } minutes
 }.
problem-hourly-limit-never = You may regenerate { $limit } sequences an hour, and this asks for { $asked } at once. Ask for fewer.
problem-hourly-limit-some = You may regenerate { $limit ->
    [one] { $limit } sequence
   *[other] { $limit } sequences
 } an hour, and this asks for { $asked } at once. Ask for fewer of them, such as { $first }.
problem-no-longer-running = There is nothing to stop here any more: that request has ended, or was asked for in another conversation.
problem-not-running-yet = There is nothing to stop yet: it is just being sent to IACrea. Press again in a moment.
problem-no-such-video = IACrea knows no video { $video }. Copy its id or its link from IACrea.
# Of a video that IACrea built from a listing; and of one that it shows, but does not regenerate.
problem-automatic-video = { $video } is an automatic video, built by IACrea itself. IACrea documents regenerating for the other videos only, so nothing was sent and nothing was spent. { $example } shows its storyboard.
problem-not-regenerated = IACrea shows { $video }, and knows no such video when it is to be regenerated. Perhaps it is an automatic video, built by IACrea itself: IACrea documents regenerating for the others only. Nothing was spent.
problem-no-such-sequence = That video has no sequence { $asked }; use a number from 1 to { $last }, for example { $example }.
problem-no-such-sequence-one = That video has no sequence { $asked }; it has only one: `1`, for example { $example }.
problem-no-such-sequence-unlisted = IACrea knows no sequence { $asked } of that video; it is rendering, so that I cannot look which there are. Nothing was spent.
problem-which-sequence-several = Several sequences of that video are called { $asked }. Which one shall be regenerated?
problem-which-sequence = No sequence of that video is called { $asked }. Which one shall be regenerated? The storyboard shows them.
problem-one-sequence = { $last ->
    [0] Earlier takes are those of one sequence. Name it by its number or by what it is called, for example { $example }.
   *[other] Earlier takes are those of one sequence. That video has no such one, or several: use a number from 1 to { $last }, for example { $example }.
}
problem-no-such-take = That take is not kept any more, or it was made in another conversation. Nothing was started.
problem-nothing-failed = No sequence of that video failed. To regenerate one all the same, name it: { $example }.
problem-not-ready = IACrea does not show the sequences of that video yet (it says { $status }). Try again when it has made them.
problem-not-ready-rendering = IACrea is rendering that video at this moment, and does not show its sequences meanwhile. Try again when it is done; or use the id of a sequence instead of its number, if you know it.
problem-cannot-post-not-in-channel = I cannot post here. Add me with `/invite`, or use a channel that I am in, then try again.
problem-cannot-post-direct = I cannot post here. Slack lets no app write among the two of you; use a channel, or a direct message with me.
problem-cannot-post-archived = I cannot post here. The channel is archived; use another one.
problem-cannot-post-restricted = I cannot post here. Only some people may post in this channel; use another one.
problem-cannot-post-suspended = I cannot post here. Your Slack administrators have suspended posting; ask them, or use another channel.
problem-cannot-post-app = I cannot post here. Your Slack administrators have not let me into this workspace; ask them to.
problem-cannot-post-shared = I cannot post here. This channel is shared with another company, and one of the two does not allow it; use another channel.
problem-cannot-post-thread = The thread that this belongs to was deleted. Ask again in the channel.
problem-cannot-post-scope = I cannot post here. Whoever installed me has to grant the scope `chat:write` and install me again.
problem-cannot-post = I cannot post here. Slack says { $reason }; try { $example } in another channel.
problem-no-credits = The IACrea account does not have enough credits. Top them up at IACrea, then try again.
problem-key-refused = IACrea refuses my key. Whoever runs me has to mend `IACREA_API_KEY`.
problem-not-accepted = IACrea refused the request ({ $status }). Check the video, the effect and the image.
problem-iacrea-unavailable-status = IACrea has trouble at the moment (it answers { $status }). Try again in a few minutes.
problem-iacrea-unavailable = IACrea has trouble at the moment (it cannot be reached). Try again in a few minutes.
problem-iacrea-unavailable-certificate = IACrea cannot be reached: its certificate is not trusted on the machine I run on. Whoever runs me has to mend that; `regen-bot doctor` says how.
problem-iacrea-unavailable-proxy = IACrea cannot be reached: the proxy that I have to go through does not let me. Whoever runs me has to mend that; `regen-bot doctor` says how.
problem-unforeseen = Something went wrong on my side. Try again; if that does not help, whoever runs me finds the reason in my log.
problem-too-late = You asked { $minutes } minutes ago, and I could not start it in time. Ask again if you still want it.
problem-cancelled = Whoever operates me has cancelled it. Ask again if you still want it.
problem-already-running = What you asked for is being regenerated already, so nothing was started.
problem-already-running-by = What you asked for is being regenerated already for { $by }, so nothing was started.
problem-already-running-there = What you asked for is being regenerated already for { $by }, so nothing was started. Its result comes in <{ $link }|that message's thread>.
problem-says = { $sentence } It says: { $detail }

# $count sequences are asked for; of them, $repeated were started by somebody since.
ask-repeated = { $count ->
    [one] Since then it has been started already.
   *[other] Since then { $repeated } of the { $count } sequences { $repeated ->
        [one] has
       *[other] have
    } been started already.
}
ask-repeated-by = { $count ->
    [one] Since then it has been started already for { $by }.
   *[other] Since then { $repeated } of the { $count } sequences { $repeated ->
        [one] has
       *[other] have
    } been started already, last for { $by }.
}
ask-repeated-there = { $count ->
    [one] Since then it has been started already for { $by }: <{ $link }|see there>.
   *[other] Since then { $repeated } of the { $count } sequences { $repeated ->
        [one] has
       *[other] have
    } been started already, last for { $by }: <{ $link }|see there>.
}
ask-once-more = { $count ->
    [one] Regenerating it once more costs credits again.
   *[other] Regenerating all { $count } once more costs credits again.
}
ask-once-more-cost = { $count ->
    [one] Regenerating it once more costs about { $credits } { $credits ->
        [one] credit
       *[other] credits
    } again.
   *[other] Regenerating all { $count } once more costs about { $credits } credits again.
}
ask-renamed = When you used the name { $name } last, it was video { $was }; now it is { $now }.
ask-pending = IACrea is generating { $what } at this moment.
ask-rendering = The final render is in progress and would be cancelled.
ask-rendering-share = The final render is in progress ({ NUMBER($share, style: "percent", maximumFractionDigits: 0) } done) and would be cancelled.
ask-rendering-by = { $by } started it.
ask-several = This regenerates { $count } sequences, and each costs credits.
ask-several-cost = This regenerates { $count } sequences, for about { $credits } credits.
ask-left = { $credits ->
    [one] { $credits } is left.
   *[other] { $credits } are left.
}
ask-go-ahead = Nothing was started yet. Go ahead?
