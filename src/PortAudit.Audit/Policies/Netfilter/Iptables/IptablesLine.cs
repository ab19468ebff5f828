using System.Globalization;
using System.Text.RegularExpressions;

namespace PortAudit.Audit.Policies.Netfilter.Iptables;

/// <summary>A line with a command, as iptables-save or a script has it.</summary>
/// <param name="Words">Its words.</param>
/// <param name="Command">Position of the command among them; -1 without one.</param>
/// <param name="Packets">Packets of the counter before it (<c>[12:3456]</c>); null without one.</param>
/// <param name="Table">Table that the line names (<c>-t nat</c>); null without one.</param>
/// <param name="IsIpv6">True behind the program name <c>ip6tables</c>, false behind <c>iptables</c>; null without
/// one.</param>
internal sealed partial record IptablesLine(List<string> Words, int Command, long? Packets, string? Table, bool? IsIpv6)
{
    /// <summary>Splits a line; null when a quote is not closed or it has no command.</summary>
    public static IptablesLine? Of(string line)
    {
        if (IptablesWords.Of(line) is not { Count: > 0 } words)
            return null;
        var (next, packets, isIpv6) = (0, (long?)null, (bool?)null);
        if (Counter().Match(words[0]) is { Success: true } counter)
            (packets, next) = (Number(counter.Groups[1].ValueSpan), 1);
        if (next < words.Count && words[next] is "sudo" or "exec")
            next++;
        if (next < words.Count && Program().Match(words[next]) is { Success: true } program)
            (isIpv6, next) = (program.Groups[1].Length > 0, next + 1);
        string? table = null;
        for (; next < words.Count; next++)
        {
            if (words[next] is "-t" or "--table" && next + 1 < words.Count)
                table = words[++next];
            else if (IsCommand(words[next]))
                return new IptablesLine(words, next, packets, table ?? TableBehind(words, next), isIpv6);
            else if (words[next] is not ("-w" or "--wait" or "-4" or "-6" or "-n" or "-v" or "-x"))
                break;
        }

        return null;
    }

    /// <summary>The packets of a counter; null when it is none.</summary>
    public static long? PacketsOf(string word) =>
        Counter().Match(word) is { Success: true } counter ? Number(counter.Groups[1].ValueSpan) : null;

    private static string? TableBehind(List<string> words, int command)
    {
        var at = words.FindIndex(command, word => word is "-t" or "--table");
        if (at < 0 || at + 1 >= words.Count)
            return null;
        var table = words[at + 1];
        words.RemoveRange(at, 2);
        return table;
    }

    private static bool IsCommand(string word) => word is "-A" or "--append" or "-I" or "--insert" or "-N"
        or "--new-chain" or "-P" or "--policy" or "-D" or "--delete" or "-R" or "--replace" or "-F" or "--flush" or "-X"
        or "--delete-chain" or "-Z" or "--zero" or "-E" or "--rename-chain" or "-C" or "--check" or "-L" or "--list"
        or "-S" or "--list-rules" or "-h" or "--help" or "-V" or "--version";

    private static long? Number(ReadOnlySpan<char> digits) =>
        long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"^\[([0-9]{1,20}):[0-9]{1,20}\]$", RegexOptions.CultureInvariant)]
    private static partial Regex Counter();

    [GeneratedRegex("^(?:/(?:usr/)?s?bin/)?ip(6)?tables(?:-legacy|-nft)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Program();
}
