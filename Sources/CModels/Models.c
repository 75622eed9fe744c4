#include "CModels.h"

// #embed is C23; this compiler has it in every C. A resource bundle would have to be found beside the program, and
// SwiftPM's own accessor ends the program when it is not.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char az_letters[] = {
#embed "az-letters.safetensors"
};
static const unsigned char arabic_characters[] = {
#embed "arabic-characters.safetensors"
};
static const unsigned char fashion_mnist[] = {
#embed "fashion-mnist.safetensors"
};
static const unsigned char classifier[] = {
#embed "classifier.safetensors"
};
static const unsigned char four_shapes[] = {
#embed "four-shapes.safetensors"
};
static const unsigned char math_symbols[] = {
#embed "math-symbols.safetensors"
};
static const unsigned char mnist[] = {
#embed "mnist.safetensors"
};
static const unsigned char shapes[] = {
#embed "shapes.safetensors"
};

const jointvae_model jointvae_az_letters = {az_letters, sizeof az_letters};
const jointvae_model jointvae_arabic_characters = {arabic_characters, sizeof arabic_characters};
const jointvae_model jointvae_fashion_mnist = {fashion_mnist, sizeof fashion_mnist};
const jointvae_model jointvae_classifier = {classifier, sizeof classifier};
const jointvae_model jointvae_four_shapes = {four_shapes, sizeof four_shapes};
const jointvae_model jointvae_math_symbols = {math_symbols, sizeof math_symbols};
const jointvae_model jointvae_mnist = {mnist, sizeof mnist};
const jointvae_model jointvae_shapes = {shapes, sizeof shapes};
