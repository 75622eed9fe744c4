import JointVAEKernels

/// The vector instructions that training and inference use.
public typealias InstructionSet = JointVAEKernels.InstructionSet

/// How convolutions are computed.
public typealias ConvolutionMethod = JointVAEKernels.ConvolutionMethod
