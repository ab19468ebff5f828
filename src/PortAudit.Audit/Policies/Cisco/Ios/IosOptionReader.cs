using System.Globalization;
using PortAudit.Audit.Policies.Import;
using PortAudit.Audit.Policies.Model;

namespace PortAudit.Audit.Policies.Cisco.Ios;

/// <summary>Reads what follows the destination of an entry: states, flags and other parts of the header, times,
/// logging, and counters of <c>show access-lists</c>.</summary>
/// <param name="device">What the words refer to.</param>
internal sealed class IosOptionReader(IosDevice device)
{
    /// <summary>Packets with ACK or RST are never the first of a connection ("established" in "access-list (IP
    /// extended)", IOS security command reference).</summary>
    private const ConnectionStates NotFirst = ConnectionStates.All & ~ConnectionStates.New;

    /// <summary>Reads to the end of the line.</summary>
    public void Read(WordCursor words, EntryDraft entry)
    {
        var flags = new List<string>();
        while (!words.IsAtEnd)
        {
            var word = words.Next();
            switch (word.ToLowerInvariant())
            {
                case "established":
                    entry.States &= NotFirst;
                    break;
                case "ack" or "fin" or "psh" or "rst" or "syn" or "urg" or "ece" or "cwr":
                    flags.Add(word.ToLowerInvariant());
                    break;
                case "match-any" or "match-all":
                    ReadFlagList(word, words, entry);
                    break;
                case "log" or "log-input":
                    break;
                case "time-range":
                    device.TimeRanges.Apply(entry, words.Next());
                    break;
                case "reflect":
                    SkipReflect(words);
                    break;
                case "sequence":
                    words.Next();
                    break;
                default:
                    ReadOther(word, words, entry);
                    break;
            }
        }

        ApplyFlags(flags, entry);
    }

    /// <summary>One flag of several has to be set: with ACK and RST that is "established".</summary>
    private static void ApplyFlags(List<string> flags, EntryDraft entry)
    {
        if (flags.Count == 0)
            return;
        if (flags.TrueForAll(flag => flag is "ack" or "rst"))
            entry.States &= NotFirst;
        if (flags.Distinct(StringComparer.Ordinal).Count() != 2 || !flags.TrueForAll(flag => flag is "ack" or "rst"))
            entry.Fail(ConditionKind.Header, string.Join(' ', flags), "TCP flags are not evaluated");
    }

    private static void ReadFlagList(string word, WordCursor words, EntryDraft entry)
    {
        var flags = new List<string>();
        while (words.Peek.Length > 1 && words.Peek[0] is '+' or '-')
            flags.Add(words.Next().ToLowerInvariant());
        var needsAck = word.Equals("match-all", StringComparison.OrdinalIgnoreCase)
            ? flags.Exists(flag => flag is "+ack" or "+rst")
            : flags.Count > 0 && flags.TrueForAll(flag => flag is "+ack" or "+rst");
        if (needsAck)
            entry.States &= NotFirst;
        entry.Fail(ConditionKind.Header, $"{word} {string.Join(' ', flags)}", "TCP flags are not evaluated");
    }

    private static void SkipReflect(WordCursor words)
    {
        words.Next();
        if (words.Take("timeout"))
            words.Next();
    }

    private static void ReadOther(string word, WordCursor words, EntryDraft entry)
    {
        switch (word.ToLowerInvariant())
        {
            case "fragments" or "routing" or "mobility" or "auth" or "hbh" or "dest-option" or "routing-type"
                or "undetermined-transport" or "tracked":
                entry.Fail(ConditionKind.Header, word, $"'{word}' is not evaluated");
                break;
            case "dscp" or "precedence" or "tos" or "option" or "flow-label" or "dest-option-type" or "mobility-type":
                entry.Fail(ConditionKind.Header, $"{word} {words.Next()}", $"'{word}' is not evaluated");
                break;
            case "ttl" or "packet-length" or "fragment-offset":
                entry.Fail(ConditionKind.Header, $"{word} {words.Next()} {words.Next()}", $"'{word}' is not evaluated");
                if (words.Keyword.Length > 0 && words.Keyword.All(char.IsAsciiDigit))
                    words.Next();
                break;
            default:
                if (!TakeCounter(word, words, entry))
                    entry.Fail(ConditionKind.Other, word, $"unknown keyword '{ConfigurationText.Shown(word)}'");
                break;
        }
    }

    /// <summary>Takes <c>(12 matches)</c> or <c>(1 match)</c>.</summary>
    private static bool TakeCounter(string word, WordCursor words, EntryDraft entry)
    {
        if (word[0] != '(' || words.Keyword is not ("matches)" or "match)" or "matches," or "match,")
            || !long.TryParse(word.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var hits))
            return false;
        entry.Hits = hits;
        while (!words.IsAtEnd && !words.Next().EndsWith(')'))
        {
        }

        return true;
    }
}
