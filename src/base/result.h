// How functions report failure: a value or an Error that names the place. Nothing below app prints, exits or throws.
#pragma once
#include <string>
#include <utility>
#include <variant>

namespace cookline {

// What a caller can do about an error; app turns it into the exit code of the same number.
enum class ErrorCode {
  failed = 1,        // may be retried: disk, memory, another process
  usage = 2,         // the command line or a call was wrong
  stopped = 3,       // stopped early on request; resumable
  project = 4,       // the project is wrong; the same run fails again
  verification = 5,  // output does not verify
};

struct Error {
  ErrorCode code = ErrorCode::failed;
  std::string what;      // one sentence: the value found and what is allowed
  std::string where;     // "/recorder/noise1.period", "show.tdn:12:7" or a file path; may be empty
  std::string hint;      // what to do about it; may be empty
  bool missing = false;  // something needed is not there (an operator, its type, an input): fatal only to what needs it
};

// "where: what; hint", the one form in which errors are shown.
std::string to_string(const Error& error);

inline Error project_error(std::string where, std::string what, std::string hint = {}) {
  return {ErrorCode::project, std::move(what), std::move(where), std::move(hint)};
}
inline Error usage_error(std::string where, std::string what, std::string hint = {}) {
  return {ErrorCode::usage, std::move(what), std::move(where), std::move(hint)};
}
inline Error failure(std::string where, std::string what, std::string hint = {}) {
  return {ErrorCode::failed, std::move(what), std::move(where), std::move(hint)};
}

// A T or an Error. Test it before use: `if (!r) return r.error();`, then `*r`.
template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}
  explicit operator bool() const { return state_.index() == 0; }
  T& operator*() & { return *std::get_if<0>(&state_); }
  const T& operator*() const& { return *std::get_if<0>(&state_); }
  T&& operator*() && { return std::move(*std::get_if<0>(&state_)); }
  T* operator->() { return std::get_if<0>(&state_); }
  const T* operator->() const { return std::get_if<0>(&state_); }
  const Error& error() const { return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Error> state_;
};

// Success without a value, or an Error: `return {};` is success.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), failed_(true) {}
  explicit operator bool() const { return !failed_; }
  const Error& error() const { return error_; }

 private:
  Error error_;
  bool failed_ = false;
};
using Status = Result<void>;

}  // namespace cookline
