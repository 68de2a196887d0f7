"""A second reading of messages, learnt from labelled ones: weighted cues, without any language model."""
