using System.CommandLine;
using System.CommandLine.Parsing;
using PortAudit.Audit.Yaml;
using PortAudit.Traffic.Capture;

namespace PortAudit.Cli.Input;

/// <summary><c>--filter</c>, <c>--since</c> and <c>--until</c>: which packets of the captures are read.</summary>
internal sealed class PacketSelectionOptions
{
    private readonly Option<string?> _filter = new("-f", "--filter")
    {
        Description = "Read only packets that this filter takes, in libpcap's language (pcap-filter(7)); needs libpcap "
            + "or Npcap.",
        HelpName = "FILTER",
    };

    private readonly Option<long?> _since = TimeOf("--since",
        "Read only packets from this time on: RFC 3339, or without an offset in local time.");

    private readonly Option<long?> _until = TimeOf("--until", "Read only packets before this time.");

    public void AddTo(Command command)
    {
        command.Add(_filter);
        command.Add(_since);
        command.Add(_until);
        Validate();
    }

    /// <summary>True when packets are selected.</summary>
    public bool IsGiven(SymbolResult result) =>
        HasFilter(result) || result.GetResult(_since) is not null || result.GetResult(_until) is not null;

    public bool HasFilter(SymbolResult result) => result.GetResult(_filter) is not null;

    /// <summary>The filter expression; null without one.</summary>
    public string? FilterOf(ParseResult parsed) => parsed.GetValue(_filter);

    /// <summary>The selection by time alone.</summary>
    public PacketSelection Window(ParseResult parsed) =>
        new() { SinceNs = parsed.GetValue(_since), UntilNs = parsed.GetValue(_until) };

    /// <summary>Options check themselves, so that everything that is wrong is reported at once.</summary>
    private void Validate()
    {
        _filter.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value)))
                result.AddError($"{_filter.Name}: the filter is empty.");
        });
        _until.Validators.Add(result =>
        {
            if (TimeIn(result.GetResult(_since)) >= TimeIn(result))
                result.AddError("--since has to be before --until, which is exclusive.");
        });
    }

    private static long? TimeIn(OptionResult? result) => result?.Tokens is [.., var text]
        && PointInTime.Parse(text.Value, TimeZoneInfo.Local, out var problem) is var timestampNs && problem is null
        ? timestampNs
        : null;

    private static Option<long?> TimeOf(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[^1].Value;
            var timestampNs = PointInTime.Parse(text, TimeZoneInfo.Local, out var problem);
            if (problem is null)
                return timestampNs;
            result.AddError($"{name}: {Spelling.Quote(text)} is not a time; {problem}.");
            return null;
        },
    };
}
