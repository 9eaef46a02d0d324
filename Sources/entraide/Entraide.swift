/// The command `entraide`.
@main
enum Entraide {
    static func main() async {
        await CommandLineRun(arguments: CommandWords.current).exit()
    }
}
