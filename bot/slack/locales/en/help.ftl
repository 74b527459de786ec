help-title = *I regenerate a sequence of an IACrea video, and tell you here when it is ready.*
help-thread = { $example }  in the thread of a video: regenerates its second sequence
help-form = { $example }  opens a form: choose, and press a button
help-storyboard = { $example }  shows the video's sequences as pictures
help-one = { $example }  regenerates the second sequence
help-effect = { $example }  … with another effect
help-image = { $example }  … from another image
help-several = { $example }  several sequences
help-room = { $example }  the sequence that is called so, where only one is
help-failed = { $example }  all that failed
help-again = { $example }  … the same once more
help-name = { $example }  gives the video a name
help-show = { $example }  shows its newest request again
help-takes = { $example }  shows what its second sequence was before, and makes another like it
help-status = { $example }  what is running here, and what it cost
help-effects = { $example }  lists the effects
help-video = { $video } is the video's id, any link to it, a name it was given, or { $last }. Regenerating costs credits.
effects-intro = { $count ->
    [one] You can add { $count } effect after the sequence.
   *[other] You can add one of { $count } effects after the sequence.
}
effects-example = { $intro } For example: { $example }
effects-line = • *{ $effect }*
effects-line-also = • *{ $effect }*  (or { $also })
effects-more = … and { $count } more
