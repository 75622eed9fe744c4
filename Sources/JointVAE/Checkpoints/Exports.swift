// Models and trainers take and give named tensors, so a program that imports JointVAE can name them.
@_exported import JointVAECheckpoints
// `Compute` names one of these.
@_exported import struct JointVAEKernels.InstructionSet
