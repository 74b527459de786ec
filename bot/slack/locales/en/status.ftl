# What `/regen status` and the Home tab tell: what is running, what came of the others, credits.
status-running = *Running*
status-running-none = Nothing is running at the moment.
status-ended = *Finished lately*
status-ended-none = Nothing has finished yet.
status-more = … and { $count } more
# $link leads to the request's own message.
status-thread = <{ $link }|see its thread>
status-checking = Looking at the video…
status-working = IACrea is working on it
status-working-some = IACrea is working on it: { $done } of { $of } sequences ready
status-left = { $credits ->
    [one] { $credits } credit left on the IACrea account
   *[other] { $credits } credits left on the IACrea account
}
status-left-unknown = How many credits are left on the IACrea account is not known yet
status-spent = *Spent this month*
status-spent-none = *Spent this month*: nothing
status-spender = { $who }: { $credits ->
    [one] { $credits } credit
   *[other] { $credits } credits
}
button-show = Show
button-show-which = Show request { $number }: { $what }
