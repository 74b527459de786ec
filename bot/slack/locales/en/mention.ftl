# What is said to words that start nothing. A mention of the bot stands in $example, $again and $examples.
mention-hello = *Mention me, and say what is to be regenerated.* Nothing has been started.
mention-prose = I only start what is wholly a command, so nothing was started.
mention-meant = Did you mean { $example }? The button opens the form with it.
mention-help = • In the thread of a video: { $example }, or { $again }
mention-help-more = • All that I understand: { $example }
mention-no-video = Which video? Say { $example }, with its id, a link to it or its name; or fill in the form.
mention-which = This thread is about several videos, so nothing was started. Which one do you mean?
mention-which-shown = This thread is about several videos. Say { $examples }.
button-on-video = On { $video }
button-status = Status
