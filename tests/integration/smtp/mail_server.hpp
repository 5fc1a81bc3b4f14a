#pragma once

// A mail server in a process of its own: smtp_server.py, started and stopped by the test.

#include <csignal>
#include <fcntl.h>
#include <fstream>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/json/document.hpp"
#include "tests/unit/store/small_store.hpp"

namespace xiaohao::notifications {

class Process {
 public:
  explicit Process(std::vector<std::string> words) {
    int pipe_ends[2];
    if (::pipe(pipe_ends) != 0) throw std::runtime_error("pipe");
    id_ = ::fork();
    if (id_ == 0) {
      ::dup2(pipe_ends[1], STDOUT_FILENO);
      ::close(pipe_ends[0]);
      std::vector<char*> arguments;
      for (std::string& word : words) arguments.push_back(word.data());
      arguments.push_back(nullptr);
      ::execv(arguments[0], arguments.data());
      ::_exit(127);
    }
    ::close(pipe_ends[1]);
    output_ = pipe_ends[0];
  }
  ~Process() {
    kill(SIGKILL);
    wait();
    ::close(output_);
  }
  Process(Process const&) = delete;
  Process& operator=(Process const&) = delete;

  std::string line() const {
    std::string text;
    for (char c; ::read(output_, &c, 1) == 1 && c != '\n';) text += c;
    return text;
  }
  void kill(int signal) const {
    if (id_ > 0) ::kill(id_, signal);
  }
  /// The exit status as the shell would say it: 137 for SIGKILL.
  int wait() {
    if (id_ <= 0) return status_;
    int status = 0;
    ::waitpid(id_, &status, 0);
    id_ = -1;
    return status_ = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }

 private:
  pid_t id_ = -1;
  int output_ = -1;
  int status_ = 0;
};

class MailServer {
 public:
  explicit MailServer(std::string received, std::vector<std::string> more = {})
      : received_(std::move(received)) {
    std::vector<std::string> words{XIAOHAO_PYTHON, "tests/integration/smtp/smtp_server.py", received_};
    words.insert(words.end(), more.begin(), more.end());
    process_ = std::make_unique<Process>(words);
    std::string const line = process_->line();
    if (!line.starts_with("listening ")) throw std::runtime_error("the mail server did not start: " + line);
    port_ = line.substr(10);
  }

  std::string url() const { return "smtp://127.0.0.1:" + port_; }
  std::string const& port() const { return port_; }
  void stop() { process_.reset(); }

  /// The mails taken so far, in order.
  std::vector<nlohmann::json> received() const {
    std::vector<nlohmann::json> mails;
    std::ifstream file(received_);
    for (std::string line; std::getline(file, line);) mails.push_back(nlohmann::json::parse(line));
    return mails;
  }

 private:
  std::string received_;
  std::string port_;
  std::unique_ptr<Process> process_;
};

}  // namespace xiaohao::notifications
