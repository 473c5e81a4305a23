import ArgumentParser
import Configuration
import ServiceLifecycle
@main struct Main: AsyncParsableCommand { func run() async throws { print("hi") } }
