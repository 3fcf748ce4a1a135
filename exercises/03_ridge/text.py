# %% [markdown]
# # Ridge regression: the exercise
#
# In [lesson 03](../../notebooks/03_ridge.ipynb) you watched ridge regression at work. Here you
# build it yourself: the fit, the factors by which it shrinks, the trace, and a good strength for
# patients of your own. Allow about an hour and a half.
#
# Under each question stands a place for your answer and a `check`. Run it as often as you like:
# it compares your answer with a few public cases, tells you in words how it differs, and often
# recognises what happened. You can leave a question and come back; nothing breaks if one is still
# empty. When you hand in, a grader tries your functions on other cases of the same kind, so a
# number copied from here would not help you.
#
# First tell us who you are: write your id between the quotes, and run the cell.

# %% role="setup"
import matplotlib.pyplot as plt
import numpy as np

from regcourse import check, check_all, progress, rng_of

STUDENT = "your-id"

# %% [markdown]
# Your id also draws your patients: 60 made-up people with six measurements each. Nobody else in
# the class has the same. The columns are standardised (lesson 03 says why in section 9), and
# some of them measure nearly the same thing, as cholesterol values do.

# %% data="patients"
X, y = patients(rng_of(STUDENT))
print("X", X.shape, " y", y.shape)

# %% [markdown]
# ## The fit
#
# Sections 2 and 6 of the lesson derive the solution on centred data, and what becomes of the
# intercept. Keep an eye on n: it is the most popular thing to lose in this course. Any sound way
# of computing the answer is welcome.

# %% question="ridge_fit"

# %% question="why_centre"

# %% [markdown]
# ## What is shrunk, and how much is left
#
# Section 7 turns ridge into one factor for each singular direction, section 9 adds the factors
# up. Mind the strength: here it is alpha, which stands beside XᵀX.

# %% question="filter_factors"

# %% question="shrinks_most"

# %% question="ridge_df"

# %% [markdown]
# ## The trace
#
# Each weight against the strength, in one picture. Try your function before you check it:
#
# ```python
# fig, ax = plt.subplots()
# lams = np.logspace(-3, 2, 41)
# draw_trace(ax, lams, np.array([ridge_fit(X, y, lam)[1] for lam in lams]))
# ```

# %% question="draw_trace"

# %% [markdown]
# ## A strength for your patients
#
# The last one is about your own data. Its answer depends on your id, so the check can only note
# that you have answered; the grader knows what your patients say.

# %% question="best_lam"

# %% [markdown]
# ## Before you hand in
#
# Restart the kernel, run everything from the top, and read the overview once more.

# %%
check_all()

# %%
progress()
