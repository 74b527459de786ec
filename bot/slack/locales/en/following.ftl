# A video that is followed: its card in the channel, and the replies in its thread.
follow-card = { $who } follows this video
follow-card-closed = { $who } followed this video
# Where the name of who asked is not known.
follow-card-somebody = This video is followed
follow-begins = Looking at IACrea…
follow-free = Following costs no credits. What fails, and the end, are told in this thread.
follow-failed-so-far = ⚠️ Failed so far: { $what }
# $credits left the account while the video was followed, and no request of the bot explains it.
follow-elsewhere = { $credits ->
    [one] 💳 { $credits } credit was used between two looks at this video, and not by a request of mine: IACrea's own restart of a sequence, or somebody else on the same account.
   *[other] 💳 { $credits } credits were used between two looks at this video, and not by a request of mine: IACrea's own restarts of sequences, or somebody else on the same account.
}
follow-failed = { $who }, { $what } failed at IACrea.

# The last words, in the thread; the card says the same without who it is for.
follow-end = { $who }, { $how }
follow-end-done = the video is ready.
follow-end-failed = IACrea says that the video failed.
follow-end-expired = the video is still not ready, so I stopped following it. IACrea goes on only while somebody looks: press Keep watching and I go on; that costs nothing.
follow-end-gone = IACrea no longer knows the video, so I stopped following it.
follow-end-stopped = I stopped following, as { $by } asked. IACrea goes on only while somebody looks: press Keep watching and I go on; that costs nothing.
follow-end-stopped-operator = I stopped following: whoever operates me has ended it. IACrea goes on only while somebody looks: press Keep watching and I go on; that costs nothing.
follow-end-with = What failed: { $what }.
follow-end-well = Nothing failed.
follow-closed-done = Ready
follow-closed-failed = Failed at IACrea
follow-closed-expired = Not ready in time
follow-closed-gone = No longer at IACrea

# To one person alone.
follow-done-already = There is nothing to follow: video { $video } is ready.
follow-failed-already = There is nothing to follow: IACrea says that video { $video } failed.
follow-is-here = This video is followed here already, so I did not start again.
follow-is-there = This video is followed here already: <{ $link }|see there>.
follow-too-many = { $most } videos are followed already, which is as many as I take on at a time. Stop one of them, or try again when one is ready. Looking at a video costs nothing: { $example }.
follow-off = Following videos is switched off here. Whoever runs me can switch it on.

button-follow = Follow
button-follow-of = Follow { $video }
help-watch = { $example }  follows the video until it is ready, and tells here what fails
button-stop-watching-video = Stop watching { $video }
status-followed = *Followed here*
status-followed-entry = 👀 { $who } · { $video }
