# %% [markdown]
# # Thresholds and masks
#
# Two ways to keep a model from knowing too much: weights that stop at zero, and units that fall
# silent at random.

# %% role="setup"
import numpy as np

from regcourse import check, check_all, progress, rng_of

STUDENT = "your-id"

# %% [markdown]
# ## Thresholds

# %% question="soft_threshold"

# %% question="lasso_fit"

# %% [markdown]
# ## Masks

# %% question="scale_of_the_kept"

# %% question="inverted_dropout"

# %% question="random_mask"

# %%
check_all()
