"""Priors: minus the logarithm of the posterior density, without constants."""

OBJECTIVES = {
    "prior.Gaussian": lambda P, b, w, tau2: P.losses(b, w) / P.sigma2 + w @ w / (2 * tau2),
    "prior.Laplace": lambda P, b, w, scale: P.losses(b, w) / P.sigma2 + P.norm1(w) / scale,
}
