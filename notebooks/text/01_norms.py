# %% [markdown]
# # Measure a vector: norms, balls and corners
#
# *Lesson 01, about 50 minutes*
#
# **You will** drag a unit ball through all its shapes, break the triangle inequality, watch a
# loss ellipse land on a corner, and measure one matrix in two ways that disagree.
#
# **You will learn** what earns a formula the name *norm*, what a dual norm is good for, why a
# corner makes weights exactly zero, and why ridge, which *squares* its norm, never does.
#
# **You need** vectors, dot products and matrices in NumPy, and the idea of a gradient.
#
# **How to read it.** Every step asks you something. Answer it, aloud or on paper, *before* you
# run the cell underneath: its result is folded to a heading until you do. A wrong guess is not
# a failure here: it is the moment you learn something. (If you reopen a saved lesson and a live
# figure is missing, run its cell again; under `make lab` it comes back by itself.)

# %% [markdown]
# ## 1. Measure one vector in many ways
#
# Regularization asks for weights that are *small*. Small in which sense? Take the walk w = (3,
# −4): three blocks east, four blocks south. A taxi counts blocks, a crow flies straight, and
# somebody who only minds the longest leg counts that one. All three are cases of one formula,
#
# $$\|w\|_p = \Big(\sum_j |w_j|^p\Big)^{1/p}, \qquad \|w\|_\infty = \max_j |w_j| .$$
#
# > **Predict.** Taxi (p = 1), crow (p = 2), longest leg (p = ∞): which is the largest number?
# > Does the length grow or shrink as p grows?
# >
# > **Look** at the number the list settles down to.

# %%
import numpy as np

from regcourse import norms

w = np.array([3.0, -4.0])
print("the length of w for each p:")
for p in [1, 1.5, 2, 4, 16, np.inf]:
    print(f"p = {p:<4}   ‖w‖ₚ = {norms.lp_norm(w, p):.3f}")

# %% [markdown]
# ## 2. What earns the name norm
#
# A norm is a length you can reason with. Three rules make it one:
#
# 1. it is positive, except for the zero vector;
# 2. it scales: ‖c w‖ = |c| ‖w‖ for every number c (*homogeneity*);
# 3. a detour is never shorter: ‖x + y‖ ≤ ‖x‖ + ‖y‖ (*the triangle inequality*).
#
# The first two hold for every p > 0. The third is the interesting one. Below, two thousand random
# pairs (x, y) look for the worst detour: a ratio above 1 breaks the rule.
#
# > **Predict.** For which of these p does the triangle inequality fail?
# >
# > **Look** for the p at which the worst ratio crosses 1.

# %%
rng = np.random.default_rng(1)
pairs = rng.normal(size=(2000, 2, 3))
print("p       worst ‖x + y‖ / (‖x‖ + ‖y‖)   at most 1")
for p in [0.5, 0.8, 1, 2, np.inf]:
    size = [(norms.lp_norm(x + y, p), norms.lp_norm(x, p) + norms.lp_norm(y, p)) for x, y in pairs]
    worst = max(whole / parts for whole, parts in size)
    print(f"{p:<7} {worst:27.3f}   {worst < 1 + 1e-9}")

# %% [markdown]
# Two thousand pairs can refute a rule, not prove it. For p ≥ 1 the proof has a name (Minkowski);
# for p < 1 one pair is enough, and the simplest pair will do: one step along each axis.
#
# > **Predict.** With p = ½, how long is each step, and how long is the two of them together?
# >
# > **Look** at the last line, and compare it with the sum of the two above.

# %%
east, north = np.array([1.0, 0.0]), np.array([0.0, 1.0])
print("lengths at p = ½:")
print(f"‖east‖½         = {norms.lp_norm(east, 0.5):.1f}")
print(f"‖north‖½        = {norms.lp_norm(north, 0.5):.1f}")
print(f"‖east + north‖½ = {norms.lp_norm(east + north, 0.5):.1f}")

# %% [markdown]
# Going straight is *longer* than the detour. So for p < 1 people write "ℓₚ norm" out of habit, but
# it is not a norm.
#
# ## 3. The ball is the norm's portrait
#
# Draw every vector of length at most 1 and you have the *unit ball*. The rules show in the
# picture. Scaling by c = −1 says that w and −w are equally long: the ball is symmetric about the
# origin. Scaling by the other c says that one ball is enough: the ball of any other radius is this
# one, magnified. And the triangle inequality means that it has no dents: a ball with a dent belongs
# to no norm.
#
# > **Predict.** Where does the ball have corners at p = 1, and where at p = ∞? For which p is it
# > perfectly round? Below which p do the dents appear?
# >
# > **Look**, while you move p, at the four points on the axes: they are the only ones that never
# > move. (Drag the slider, or the cursor in the right-hand picture; or focus the slider and use the
# > arrow keys.) Then drag the tip of the arrow and watch its length.

# %%
from regcourse.widgets import UnitBall

print("live figure: the ball, and the length of an arrow against p")
UnitBall(p=1)

# %% [markdown]
# ## 4. A budget has favourites
#
# A ball is also a budget: "spend at most 1". What does each budget find cheap? Here are two
# vectors of 100 entries with the same ℓ₂ length: a *spike* puts everything in one entry, a
# *spread* shares it out equally.
#
# > **Predict.** Which of the two is longer for p = 1, and by what factor? And for p = ∞?
# >
# > **Look** at how the two columns trade places.

# %%
spike = np.zeros(100)
spike[0] = 1.0
spread = np.full(100, 0.1)
print("p      spike   spread")
for p in [1, 2, np.inf]:
    print(f"{p:<4} {norms.lp_norm(spike, p):7.2f}  {norms.lp_norm(spread, p):7.2f}")

# %% [markdown]
# To an ℓ₁ budget the spike is cheap: this is the first hint that ℓ₁ likes zeros.
#
# ## 5. A squared norm is not a norm
#
# Ridge regression penalises ‖w‖₂², not ‖w‖₂. You will meet texts that call this penalty the L2
# norm, or the root of a sum of squares, or the L1 penalty with a square. These are different
# numbers, and they obey different rules.
#
# > **Predict.** Double w = (3, −4). Which of the four sizes below double too?
# >
# > **Look** at the last column. Rule 2 asks for exactly 2.

# %%
sizes = {
    "‖w‖₁": lambda v: norms.lp_norm(v, 1),
    "‖w‖₂": lambda v: norms.lp_norm(v, 2),
    "‖w‖₁²": lambda v: norms.lp_norm(v, 1) ** 2,
    "‖w‖₂²": lambda v: norms.lp_norm(v, 2) ** 2,
}
print("what doubling does to each size:")
for name, size in sizes.items():
    once, twice = size(w), size(2 * w)
    print(f"{name:<6} of w: {once:5.1f}   of 2w: {twice:5.1f}   factor {twice / once:.0f}")

# %% [markdown]
# A square is a perfectly good *penalty*. It is smooth at the origin, where every norm has a kink.
# Keep that difference in mind: in section 10 it decides whether a finite strength can set *all*
# weights to exactly zero.
#
# ## 6. The dual norm names the best buy
#
# Now turn the budget around, with p ≥ 1. You may spend ‖x‖ₚ ≤ 1, and entry j pays uⱼ per unit.
# What is the most that you can earn? That best value, as a function of the prices u, is again a
# norm, the *dual* of the one you spend in:
#
# $$\|u\|_p^{*} = \max_{\|x\|_p \le 1} x^\top u = \|u\|_q , \qquad \frac1p + \frac1q = 1 .$$
#
# > **Predict.** The prices are u = (2, −1). With a taxi budget (p = 1), how do you spend it, and
# > what do you earn?
# >
# > **Look** at the agreement: brute force over many points of the ball's edge against the
# > formula.

# %%
u = np.array([2.0, -1.0])
print("the best way to spend, and what it earns:")
for p in [1, 1.5, 2, 4, np.inf]:
    edge = norms.unit_ball_boundary(p, points=4000)
    best = edge[np.argmax(edge @ u)]
    q = norms.dual_exponent(p)
    print(
        f"p = {p:<4} q = {q:<5.3g} spend ({best[0]:.2f}, {best[1]:5.2f})"
        f"   earn {best @ u:.3f}   ‖u‖_q = {norms.dual_norm(u, p):.3f}"
    )

# %% [markdown]
# ## 7. Hölder's inequality sets the bound
#
# The best buy with budget 1 is ‖u‖_q, so with any budget nobody beats
#
# $$|x^\top u| \le \|x\|_p \, \|u\|_q .$$
#
# At p = 2 this is Cauchy and Schwarz. For p > 1 one particular direction meets the bound exactly,
# x = sign(u) |u|^(q−1).
#
# > **Predict.** In 20 dimensions, what share of the bound does the luckiest of 2000 random x
# > reach?
# >
# > **Look** at the two columns: luck, and knowing the direction.

# %%
u, lucky = rng.normal(size=20), rng.normal(size=(2000, 20))
print("share of the bound that is reached:")
for p in [1.25, 2, 5]:
    q = norms.dual_exponent(p)
    bound = norms.dual_norm(u, p)
    luck = max(abs(x @ u) / norms.lp_norm(x, p) for x in lucky) / bound
    aligned = np.sign(u) * np.abs(u) ** (q - 1)
    known = aligned @ u / norms.lp_norm(aligned, p) / bound
    print(f"p = {p:<4} luckiest of 2000: {luck:.2f}   aligned: {known:.2f}")

# %% [markdown]
# ## 8. Why corners give zeros
#
# You are at a point v outside the ball and must go to the nearest point inside: you *project*.
# From 3600 points on a wide circle, let us see where the projections land.
#
# > **Predict.** For each ball: what share lands on a point with a coordinate that is *exactly*
# > zero? What share lands where the two coordinates are exactly equal in size?
# >
# > **Look** at which ball has zeros, which has ties, and which has neither.

# %%
angle = (np.arange(3600) + 0.5) * 2 * np.pi / 3600
circle = 3 * np.column_stack([np.cos(angle), np.sin(angle)])
print("where the projections land:")
for p in [1, 2, np.inf]:
    landed = np.abs([norms.project_onto_ball(v, p, 1.0) for v in circle])
    zeros = np.mean(landed.min(axis=1) == 0)
    ties = np.mean(np.isclose(landed[:, 0], landed[:, 1], rtol=1e-12))
    print(f"p = {p:<4} a zero: {zeros:4.0%}   a tie: {ties:4.0%}")

# %% [markdown]
# A corner catches a whole wedge of starting points; a point where the edge is smooth catches a
# single ray.
#
# In the plane a corner has one zero. In many dimensions the ball of ℓ₁ has corners, edges and
# faces with any number of zeros, and each of them catches a wedge of its own.
#
# > **Predict.** Project random vectors of 2, 10, 100 and 1000 entries on the ℓ₁ ball of radius 1.
# > How does the share of exact zeros change?
# >
# > **Look** at how many entries survive while the dimension explodes.

# %%
print("what is left after projecting on the ℓ₁ ball:")
for size in [2, 10, 100, 1000]:
    landed = [norms.project_onto_ball(v, 1, 1.0) for v in rng.normal(size=(200, size))]
    zeros = np.mean(np.array(landed) == 0)
    left = size * (1 - zeros)
    print(f"{size:4d} entries: {zeros:6.1%} exactly zero, {left:4.1f} left on average")

# %% [markdown]
# ## 9. The ellipse meets the ball
#
# In a regression you do not go to the *nearest* point: you go to the point of the ball with the
# smallest loss. With two weights the lines of equal loss are ellipses around the unpenalised
# solution (they are ellipses whatever the penalty; the penalty's own lines are the edges of its
# balls). Let the ellipse grow until it touches.
#
# > **Predict.** A tilted ellipse, not centred on an axis: at p = 1, will the first touch be on a
# > corner or on a side? And at p = 2?
# >
# > **Look** at the touching point's second coordinate while you move p from 2 down to 1. Stay at
# > p = 1 and drag the ring, the centre of the ellipse, to the left: where is it when the zero is
# > lost? (The words below the figure tell its place.)

# %%
print("live figure: the ellipse, the ball, and the point where they touch")
UnitBall(p=2, ellipse=True)

# %% [markdown]
# The picture, in numbers: walk the ball's edge and keep the point with the smallest loss.
#
# > **Predict.** For which p in the list is the second weight exactly zero?
# >
# > **Look** at the second weight: small is not zero.

# %%
H = np.array([[2.0, 0.6], [0.6, 1.0]])
ols = np.array([1.6, 0.5])
print("the point of the ball with the smallest loss:")
for p in [1, 1.2, 2, 4]:
    edge = norms.unit_ball_boundary(p, points=4000)
    loss = 0.5 * np.einsum("ij,jk,ik->i", edge - ols, H, edge - ols)
    best = edge[loss.argmin()]
    print(f"p = {p:<4} w = ({best[0]:.2f}, {best[1]:.2f})   zero: {abs(best[1]) < 1e-12}")

# %% [markdown]
# ## 10. When does everything become zero?
#
# Here duality pays off. Take the simplest loss, ½‖w − c‖² (a regression whose columns are
# centred, uncorrelated and of variance 1; then c = Xᵀy/n is its unpenalised solution), and add
# lam‖w‖ₚ with p ≥ 1. Stand at w = 0 and take a small step εd: the loss falls by at most ε c·d,
# the penalty rises by ε lam‖d‖. By Hölder no step is worth its price, in whatever direction,
# exactly when the dual norm of c is at most lam. And there is a solution in one line for every
# such p, found by Moreau: *c minus its projection on the dual ball of radius lam*. What the dual
# ball can hold is gone; what sticks out of it is kept.
#
# > **Predict.** Which penalty zeroes one weight after the other, which all at once, which none?
# >
# > **Look** at the rows where lam passes one of the two dual norms of c (they are in the last
# > line).

# %%
c = np.array([1.2, -0.5, 0.9])
print("lam   lam ‖w‖₁              lam ‖w‖₂              lam ‖w‖₂²/2 (ridge)")
for lam in [0.3, 0.6, 1.0, 1.5, 1.7]:
    l1 = c - norms.project_onto_ball(c, np.inf, lam)
    l2 = c - norms.project_onto_ball(c, 2, lam)
    ridge = c / (1 + lam)
    print(lam, *("  ".join(f"{x + 0:5.2f}" for x in w) for w in (l1, l2, ridge)), sep="   ")
print(f"dual norms of c: ‖c‖∞ = {norms.dual_norm(c, 1):.3f}, ‖c‖₂ = {norms.dual_norm(c, 2):.3f}")

# %% [markdown]
# So the un-squared ℓ₂ norm has a kink as well, but only one, at the origin: it removes the
# *whole* vector at a finite strength. (Used on one group of features at a time it is called the
# group lasso.) Ridge has no kink anywhere: the weights shrink for ever and none arrives.
#
# And the square of ℓ₁? Minimising ½‖w − c‖² + (γ/2)‖w‖₁² gives the same w as lam‖w‖₁ for a
# suitable lam, namely lam = γ‖w‖₁.
#
# > **Predict.** Squaring makes ℓ₂ smooth at zero. Does squaring ℓ₁ lose the exact zeros? Can a
# > very large γ silence all three weights?
# >
# > **Look** at the zeros, and at the lam that the penalty turns out to be worth.

# %%
print("gamma   w                          lam = gamma ‖w‖₁")
for gamma in [0.8, 8.0, 800.0]:
    low, high = 0.0, 2.0
    for _ in range(60):  # find the lam that equals gamma * ‖w(lam)‖₁
        lam = (low + high) / 2
        w = c - norms.project_onto_ball(c, np.inf, lam)
        low, high = (lam, high) if gamma * norms.lp_norm(w, 1) > lam else (low, lam)
    print(f"{gamma:<5g}", *(f"{x + 0:7.4f}" for x in w), f"{gamma * norms.lp_norm(w, 1):18.4f}")

# %% [markdown]
# The corners stay, and with them the zeros. But the last weight never goes. With γ given, the price
# lam = γ‖w‖₁ fades as w fades; so however large γ is, lam comes near ‖c‖∞ and never reaches it. A
# squared norm, whichever it is, is flat at the origin and cannot silence everything: that is the
# difference of section 5.
#
# ## 11. Measure a matrix in two ways
#
# For a matrix, "the ℓ₂ norm" is ambiguous. Its entries, read as one long vector, have an ℓ₂
# length: the *Frobenius* norm. As a map, it stretches vectors, and the largest stretch is the
# *spectral* norm,
#
# $$\|W\|_F = \sqrt{\textstyle\sum_{ij} W_{ij}^2} = \sqrt{\textstyle\sum_k s_k^2}, \qquad
# \|W\|_2 = \max_{\|x\|_2 = 1} \|W x\|_2 = s_1 ,$$
#
# with s₁ ≥ s₂ ≥ … the singular values. Weight decay penalises the squared Frobenius norm; how far
# a network can amplify a small disturbance is a matter of spectral norms.
#
# > **Predict.** The Frobenius norm is the larger of the two, as the formulas say. For a random
# > 64 × 64 matrix whose rows have length about 1: by what factor?
# >
# > **Look** at the last line, too: how much of the largest stretch do random directions find?

# %%
W = np.random.default_rng(0).normal(size=(64, 64)) / np.sqrt(64)
x = rng.normal(size=(1000, 64))
stretch = np.linalg.norm(x @ W.T, axis=1) / np.linalg.norm(x, axis=1)
print("sizes of one random matrix:")
print(f"Frobenius                        {norms.frobenius_norm(W):.3f}")
print(f"spectral                         {norms.spectral_norm(W, iters=2000):.3f}")
print(f"largest of 1000 random stretches {stretch.max():.3f}")

# %% [markdown]
# Luck does not find the largest stretch. What does?
#
# ## 12. Power iteration finds the largest stretch
#
# Apply W and then Wᵀ, again and again. Every round multiplies the part of x along the k-th
# singular direction by sₖ², so the largest one wins. How fast it wins depends on the runner-up.
#
# > **Predict.** Two matrices with largest singular value 3; the second value is 2.9 in one and 1
# > in the other. Which needs more rounds? Does the estimate come from above or from below?
# >
# > **Look** for a plateau: there the estimate mistakes the runner-up for the winner.

# %%
Q, _ = np.linalg.qr(rng.normal(size=(3, 3)))
print("rounds   s = 3, 2.9, 1   s = 3, 1, 0.5")
for rounds in [1, 2, 5, 20, 50, 200]:
    print(f"{rounds:6d}", end="")
    for s in ([3, 2.9, 1], [3, 1, 0.5]):
        W, x = np.diag(s) @ Q.T, np.ones(3)
        for _ in range(rounds):
            x = W.T @ (W @ x)
            x /= np.linalg.norm(x)
        print(f"{np.linalg.norm(W @ x):16.4f}", end="")
    print()

# %% [markdown]
# ## What to take with you
#
# - A norm scales and obeys the triangle inequality; its ball has no dents. Below p = 1 there are
#   dents.
# - The dual norm is the best buy under a budget. It tells you the strength at which a
#   norm, used as a penalty, silences everything.
# - Corners make exact zeros. The ball of ℓ₁ has corners on the axes, that of ℓ₂ none. As a penalty,
#   un-squared ℓ₂ still has one kink, at 0, and removes all weights at once.
# - Ridge's penalty is the *square* of the round norm: smooth everywhere, so it shrinks and never
#   selects.
# - Frobenius adds up the squares of all singular values; spectral keeps only the largest.
#
# ## Three questions
#
# 1. A colleague uses the penalty ‖w‖₂ + ‖w‖∞. Is it a norm? What does its ball look like?
# 2. Your features are in two groups. You want a group to leave as a whole. Which penalty of this
#    lesson does that to one group, and at what strength does the group leave?
# 3. Somebody prints "L2 norm of the weights: 25" for w = (3, −4). What did they compute, and why
#    does it matter when they halve all weights?
#
# <details><summary>Compare your answers</summary>
#
# 1. Yes: sums of norms obey all three rules. In the plane the ball bulges like the round one and
#    has four blunt corners on the diagonals, which it inherits from the square.
# 2. The un-squared ℓ₂ norm of the group's weights; with the loss of section 10 it leaves when
#    lam reaches the ℓ₂ norm (its own dual) of the group's part of c = Xᵀy/n.
# 3. The squared norm. It falls to a quarter, not to a half.
#
# </details>
#
# ## What comes next
#
# [Lesson 03](03_ridge.ipynb) puts the squared ℓ₂ norm to work, and the exercise [Ridge
# regression](../exercises/03_ridge/03_ridge.ipynb) asks you to build it.
