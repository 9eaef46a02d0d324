/// The command `entraide`.
@main
enum Entraide {
    static func main() async {
        await CommandLineRun(arguments: Array(CommandLine.arguments.dropFirst())).exit()
    }
}
