#include "CExplorer.h"

// #embed is C23; this compiler has it in every C.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char vector_engine[] = {
#embed "engine.wasm"
};
static const unsigned char scalar_engine[] = {
#embed "engine-scalar.wasm"
};

const jointvae_engine jointvae_engine_vector = {vector_engine, sizeof vector_engine};
const jointvae_engine jointvae_engine_scalar = {scalar_engine, sizeof scalar_engine};
