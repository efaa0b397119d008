"""Where residents change what their house says about itself: one module per subject."""
