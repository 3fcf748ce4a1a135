"""Noise and dropout: the expected loss, exactly, from a few draws that have the right moments."""

from dataclasses import replace

import numpy as np


def noisy(P, b, w, sd):
    p = P.X.shape[1]
    # Shifts with mean 0 and covariance sd² I.
    shifts = np.sqrt(p) * sd * np.vstack([np.eye(p), -np.eye(p)])
    return np.mean([replace(P, X=P.X + shift).losses(b, w) for shift in shifts])


def dropped(P, b, w, drop):
    p = P.X.shape[1]
    masks = np.array(np.meshgrid(*[[0, 1]] * p)).reshape(p, -1).T
    chances = np.prod(np.where(masks, 1 - drop, drop), axis=1)
    # Every mask with its probability.
    looks = [replace(P, X=P.X * mask / (1 - drop)).losses(b, w) for mask in masks]
    return chances @ looks


OBJECTIVES = {"noise.inputs": noisy, "dropout.inputs": dropped}
