# Requests that wait for a render instead of cancelling it.
# $who, $what as in generation.ftl; $video is its name or id.
card-in-line = { $who } is regenerating { $what }, once the render is over
card-somebody-in-line = Regenerating { $what }, once the render is over
in-line = Waits for the render of { $video }
in-line-share = Waits for the render of { $video }, { NUMBER($share, style: "percent", maximumFractionDigits: 0) }
in-line-behind = { $count ->
    [one] { $words }; { $count } other request goes first
   *[other] { $words }; { $count } other requests go first
}
in-line-since = asked { $ago }; no credits are spent before it is sent
# Said in the question whether to cancel a render.
ask-after-render = I can also wait until it is over, and send yours then.
given-up-after-render = Slack had given up on { $wanted } when it reached me, so nothing was started. Start it after the render?
button-after-render = After the render
button-leave-it = Leave it
button-keep-waiting = Keep waiting
button-cancel-waiting = Cancel
# Read out on Home, which has several of them.
button-cancel-waiting-which = Cancel request { $number }: { $what }

problem-waited-in-vain = { $minutes ->
    [0] I waited for the render as long as I may
    [one] I waited { $minutes } minute for the render
   *[other] I waited { $minutes } minutes for the render
 }, and could not send it by then; no credits were spent. Press Keep waiting and I go on; that costs nothing before it is sent.
problem-cancelled-in-line = Cancelled by { $by } while it waited for the render; no credits were spent.
problem-started-meanwhile = While it waited for the render, the same was regenerated without waiting, so I did not send it once more. Press Retry if you want it all the same.
problem-no-longer-in-line = It is too late to cancel: the render was over, and this was sent to IACrea.
problem-already-in-line = What you asked for waits for the render already, so nothing was started.
problem-already-in-line-by = What you asked for waits for the render already, for { $by }, so nothing was started.
problem-already-in-line-there = What you asked for waits for the render already, for { $by }, so nothing was started. Its result will come in <{ $link }|that message's thread>.
