using System.Globalization;
using System.Text;
using PortAudit.Traffic.Protocols.Contract;
using PortAudit.Traffic.Records;
using PortAudit.Traffic.Wire;

namespace PortAudit.Tests.Announcements;

/// <summary>
/// One conversation of an <c>.announcements</c> file: <c>name | protocol | transport originator&gt;responder | messages
/// | announcements</c>. A message is <c>&gt;</c> or <c>&lt;</c> and its bytes, hexadecimal or quoted text with
/// <c>\r</c> and <c>\n</c>; messages are parted by spaces, and <c>/</c> stands for bytes that the capture lacks. An
/// announcement is <c>end transport for client protocol service</c>, <c>-</c> for nothing or anyone, with <c>*</c>
/// before the end when the service stands and <c>@</c> when it was called on the port itself; a withdrawn end has
/// <c>!</c> before it. Then there may be <c>hidden</c> or <c>over</c>. Announcements are parted by commas.
/// </summary>
public sealed record AnnouncementVector(string Name, string Protocol, IpProtocol Transport, Endpoint Originator,
    Endpoint Responder, string Told)
{
    internal IReadOnlyList<(bool ByOriginator, bool IsAfterGap, byte[] Bytes)> Messages { get; private init; } = [];

    internal static IReadOnlyList<AnnouncementVector> All { get; } = Load();

    public override string ToString() => Name;

    /// <summary>What a tracker told, in the form of the vectors.</summary>
    internal static IEnumerable<string> Text(AnnouncementNotes notes)
    {
        foreach (var (server, transport, _) in notes.Withdrawn)
            yield return $"!{server} {transport}";
        foreach (var draft in notes.Drafts)
            yield return $"{(draft.IsStanding ? "*" : "")}{(draft.IsOnPortItself ? "@" : "")}{draft.Server} "
                + $"{draft.Transport} for {draft.For?.ToString() ?? "-"} {draft.Protocol ?? "-"} "
                + $"{draft.Service ?? "-"}";
        if (notes.IsHidden || notes.IsOver)
            yield return notes.IsHidden ? "hidden" : "over";
    }

    private static List<AnnouncementVector> Load()
    {
        var assembly = typeof(AnnouncementVector).Assembly;
        var vectors = new List<AnnouncementVector>();
        foreach (var resource in assembly.GetManifestResourceNames()
            .Where(name => name.EndsWith(".announcements", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
            while (reader.ReadLine() is { } line)
            {
                if (line.Length > 0 && line[0] != '#')
                    vectors.Add(Parse(line));
            }
        }

        return vectors;
    }

    private static AnnouncementVector Parse(string line)
    {
        var fields = line.Split(" | ");
        var place = fields[2].Split(' ', '>');
        Assert.True(IpProtocol.TryParse(place[0], out var transport), line);
        return new AnnouncementVector(fields[0], fields[1], transport, EndOf(place[1]), EndOf(place[2]),
            fields[4] == "-" ? "" : fields[4])
        {
            Messages = MessagesOf(fields[3]),
        };
    }

    private static Endpoint EndOf(string text)
    {
        var colon = text.LastIndexOf(':');
        Assert.True(IpAddress.TryParse(text[..colon].Trim('[', ']'), out var address), text);
        return new Endpoint(address, ushort.Parse(text[(colon + 1)..], CultureInfo.InvariantCulture));
    }

    private static List<(bool ByOriginator, bool IsAfterGap, byte[] Bytes)> MessagesOf(string field)
    {
        var messages = new List<(bool ByOriginator, bool IsAfterGap, byte[] Bytes)>();
        var isAfterGap = false;
        var at = 0;
        while (at < field.Length)
        {
            if (field[at] is ' ' or '/')
            {
                isAfterGap |= field[at++] == '/';
                continue;
            }

            Assert.True(field[at] is '>' or '<', field[at..]);
            var end = field[at + 1] == '"' ? field.IndexOf('"', at + 2) + 1 : EndOfWord(field, at + 1);
            messages.Add((field[at] == '>', isAfterGap, BytesOf(field[(at + 1)..end])));
            isAfterGap = false;
            at = end;
        }

        return messages;
    }

    private static int EndOfWord(string field, int at) =>
        field.IndexOf(' ', at) is >= 0 and var end ? end : field.Length;

    private static byte[] BytesOf(string word) => word[0] == '"'
        ? Encoding.Latin1.GetBytes(word[1..^1].Replace("\\r", "\r", StringComparison.Ordinal)
            .Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\q", "\"", StringComparison.Ordinal))
        : Convert.FromHexString(word);
}
