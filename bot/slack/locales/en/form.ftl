# The form. Titles and buttons of a modal have 24 characters at most, placeholders 150.
form-title = Regenerate sequences
form-loading = One moment…
form-not-filled = This form could not be filled in, and nothing was started. Close it and try again; if that does not help, whoever runs me finds the reason in my log.
form-close = Cancel
form-video = Video
form-video-placeholder = Name, id or link
form-choose-video = Choose a video, and its sequences appear here.
form-unread = I cannot look at that video just now. Choose it again in a minute.
form-sequences = Sequences
form-sequences-placeholder = Choose up to { $most }
form-group = { $first } to { $last }
form-effect = Effect
form-as-it-is = As it is now
form-image = New image
form-image-hint = A link that starts with https://
form-channel = Where to post
form-channel-placeholder = Choose a conversation
form-cost = Each sequence costs { $credits ->
    [one] { $credits } credit
   *[other] { $credits } credits
}.
form-cost-unknown = Each sequence costs credits.
form-confirm = { $count ->
    [one] Regenerate { $count }
   *[other] Regenerate all { $count }
}
form-error-sequences = Choose at least one sequence.
form-error-not-shown = Its sequences are not shown yet. Wait a moment, or choose the video again.
form-error-channel = Credits may not be spent there. Choose another conversation.
form-error-not-member = Open the form in that conversation, or join it first: only who is in it may spend credits there.
form-use-image = Is that right?
form-looking = I am looking at the image first. If nothing is wrong with it, this starts by itself, and you can close this window.
form-started = It has started: <{ $link }|see there>.
form-told = Nothing was started yet: see what I wrote to you in { $channel }.
