using System.Collections.Immutable;

namespace PortAudit.Cli.Completion;

/// <summary>A shell that can be made to complete this program's command lines. To add one, add a row.</summary>
/// <param name="Name">The shell's name.</param>
/// <param name="Install">The line that makes it complete, and where to write it.</param>
/// <param name="Source">What it reads.</param>
/// <remarks>Each script passes the line up to the cursor to the program that it names and shows its output, or files if
/// empty. The program splits the line itself, as no shell provides unquoted words in all versions.</remarks>
internal sealed record CompletionShell(string Name, string Install, string Source)
{
    // 'COMP_WORDBREAKS' holds '=': of --format=csv bash replaces what is behind the sign alone. The name of the program
    // still has its tilde and its backslashes.
    private const string Bash = """
        # Completion of portaudit for bash; 'portaudit completion bash' prints it.
        _portaudit() {
            local program=${1//\\/} line=${COMP_LINE:0:COMP_POINT} suggestion
            program=${program/#\~\//$HOME/}
            [[ ${program##*/} == portaudit ]] || program=portaudit
            COMPREPLY=()
            while IFS= read -r suggestion; do
                [[ $suggestion == -*=* && $2 != -* ]] && suggestion=${suggestion#*=}
                COMPREPLY+=("$suggestion")
            done < <("$program" '[suggest]' "$line" 2>/dev/null)
        }
        complete -o bashdefault -o default -F _portaudit portaudit

        """;

    // Sourced, it registers its function; found in 'fpath' by its first line, it is the body of that function.
    private const string Zsh = """
        #compdef portaudit
        # Completion of portaudit for zsh; 'portaudit completion zsh' prints it.
        _portaudit() {
            local program=${${(Q)words[1]}/#\~\//$HOME/} line="${(j: :)words[1,CURRENT-1]} $IPREFIX$QIPREFIX$PREFIX"
            [[ ${program:t} == portaudit ]] || program=portaudit
            local -a suggestions=("${(@f)$("$program" '[suggest]' "$line" 2>/dev/null)}")
            if [[ -n $suggestions ]]; then compadd -- $suggestions; else _files; fi
        }
        if [[ $funcstack[1] == _portaudit ]]; then _portaudit "$@"; else compdef _portaudit portaudit; fi

        """;

    private const string Fish = """
        # Completion of portaudit for fish; 'portaudit completion fish' prints it.
        function __portaudit_complete
            set -l program (string match -r -- '^(?:.*/)?portaudit$' (commandline -opc))[1]
            test -n "$program"; or set program portaudit
            set program (string replace -r '^~/' "$HOME/" -- $program)
            set -l suggestions ($program '[suggest]' (commandline -cp | string collect) 2>/dev/null)
            if set -q suggestions[1]
                printf '%s\n' $suggestions
            else
                __fish_complete_path (commandline -ct)
            end
        end
        complete -c portaudit -f -a '(__portaudit_complete)'

        """;

    // The backslash parts paths and the backtick quotes; versions before 7.3 lose double quotes on the way to a
    // program.
    private const string PwshQuoting = """.Replace('\', '/').Replace('`', '\').Replace('"', "'")""";

    private const string Pwsh = $$"""
        # Completion of portaudit for PowerShell; 'portaudit completion pwsh' prints it.
        Register-ArgumentCompleter -Native -CommandName portaudit -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $length = $cursorPosition - $commandAst.Extent.StartOffset
            $line = $commandAst.ToString().PadRight($length).Substring(0, $length){{PwshQuoting}}
            & $commandAst.GetCommandName() '[suggest]' $line 2>$null | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
            }
        }

        """;

    public static ImmutableArray<CompletionShell> All { get; } =
    [
        new("bash", "source <(portaudit completion bash)  in ~/.bashrc", Bash),
        new("zsh", "source <(portaudit completion zsh)  in ~/.zshrc, behind compinit", Zsh),
        new("fish", "portaudit completion fish | source  in ~/.config/fish/config.fish", Fish),
        new("pwsh", "portaudit completion pwsh | Out-String | Invoke-Expression  in $PROFILE", Pwsh),
    ];

    /// <summary>What it reads, with the line ends that a shell knows, whatever those of the source file were.</summary>
    public string Script => Source.ReplaceLineEndings("\n");
}
