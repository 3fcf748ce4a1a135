# %% [markdown]
# # A thin exercise

# %% role="setup"
import numpy as np

from regcourse import check, check_all, progress, rng_of

STUDENT = "your-id"

# %% data="patients"
X, y = patients(rng_of(STUDENT))

# %% question="ridge_fit"

# %% question="mean_y"

# %% question="pick"

# %% question="draw_trace"

# %% question="why"

# %%
check_all()

# %%
progress()
