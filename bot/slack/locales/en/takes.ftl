# Earlier takes of a sequence, a card for each, the newest first.
takes-title = *Earlier takes* of { $what } · Video { $video }
takes-note = Regenerate like this one takes that effect and that picture, and makes a new clip: IACrea has no way back to an earlier one. Where no picture is shown, it is the one that the sequence has by then. IACrea's links may have ended.
takes-none = No earlier takes are kept. Every regeneration is kept for 13 months, from when my present release was installed; you see those of this conversation, and your own.
takes-more = The newest { $shown } of { $count }
take-title = Take { $number } · { $effect }
take-title-plain = Take { $number }
take-picture = source picture of take { $number }
# Instead of who asked, whose name was removed since.
take-somebody = somebody
take-done = Ready
take-failed = Failed
take-expired = Not finished in time
take-stopped = Not watched to its end
take-not-started = Does not seem to have started
take-thread = <{ $link }|see there>

button-takes = Earlier takes
button-takes-which = Earlier takes of { $what }
button-takes-of = Earlier takes on { $video }
button-like-this = Regenerate like this one
button-like-this-cost = Regenerate like this one · { $credits ->
    [one] { $credits } credit
   *[other] { $credits } credits
}
button-like-this-which = Regenerate like take { $number }
button-clip = Clip
button-clip-of = Clip of take { $number }
button-film = Whole video
button-film-of = Whole video after take { $number }

# The dialog before it spends: 300 characters at most.
confirm-like = This regenerates { $what } with this take's effect and picture. It makes a new clip, not that one. { $cost }
confirm-like-effect = This regenerates { $what } with { $effect } and this take's picture. It makes a new clip, not that one. { $cost }
