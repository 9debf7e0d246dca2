// Which header declares a function of the runtime.
#pragma once

#include <string_view>

namespace ew {

// "nn_conv2d.h" with its quotes or brackets: what stands after #include. Throws internal_error when no header declares the function.
std::string_view kernel_header(std::string_view function);

// The table behind it, made from the runtime's headers when the tool is built (cmake/kernel_headers.cmake).
struct KernelHeader { std::string_view function, header; };
extern const KernelHeader kernel_headers[];
extern const size_t kernel_header_count;

}  // namespace ew
