using System.Text.Json;
using PortAudit.Traffic.Capture;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Logs.Parts;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Logs.Azure;

/// <summary>Reads one file: tuples stand in <c>flowTuples</c>, wherever that is, behind the rule of their group and the
/// <c>mac</c> or <c>macAddress</c> of their interface.</summary>
/// <param name="input">The file.</param>
/// <param name="conversations">Joins its tuples.</param>
internal sealed class AzureFile(LogInput input, ConversationReading conversations) : IJsonSink
{
    /// <summary>Length of the Ethernet header, which the bytes of Azure include: the documentation's tuple of one
    /// packet each way has 66 bytes, a SYN with options.</summary>
    private const int LinkLength = 14;

    private readonly int _point = conversations.PointOf(input.Member);
    private readonly Dictionary<string, string> _stoppers = new(StringComparer.Ordinal);
    private string _rule = "";
    private int _sensor;
    private Wanted _wanted;
    private long _tuples;

    /// <summary>The property whose value comes next, or whose array is being read.</summary>
    private enum Wanted : byte
    {
        Nothing,
        Rule,
        Interface,
        Tuples,
    }

    /// <inheritdoc />
    public string? Take(ref Utf8JsonReader json, long line)
    {
        if (json.TokenType == JsonTokenType.PropertyName)
        {
            _wanted = json.ValueTextEquals("flowTuples"u8) ? Wanted.Tuples
                : json.ValueTextEquals("rule"u8) ? Wanted.Rule
                : json.ValueTextEquals("mac"u8) || json.ValueTextEquals("macAddress"u8) ? Wanted.Interface
                : Wanted.Nothing;
            return null;
        }

        if (json.TokenType == JsonTokenType.StartArray && _wanted == Wanted.Tuples)
            return null;
        var wanted = _wanted;
        if (json.TokenType != JsonTokenType.String || wanted != Wanted.Tuples)
            _wanted = Wanted.Nothing;
        if (json.TokenType != JsonTokenType.String)
            return null;
        switch (wanted)
        {
            case Wanted.Tuples:
                return Add(json.ValueSpan);
            case Wanted.Interface:
                _sensor = conversations.Sensors.NumberOf(json.ValueSpan);
                break;
            case Wanted.Rule:
                _rule = conversations.Sensors[conversations.Sensors.NumberOf(json.ValueSpan)];
                break;
        }

        return null;
    }

    /// <inheritdoc />
    public void Restart() => (_wanted, _rule, _sensor) = (Wanted.Nothing, "", 0);

    private string? Add(ReadOnlySpan<byte> text)
    {
        _tuples++;
        if (!AzureTuple.TryRead(text, out var tuple, out var problem))
            return problem;

        // A flow that begins or was denied is not counted, but its packet was there.
        var isCounted = tuple.IsCounted;
        Add(tuple, tuple.Source, tuple.Destination, isCounted ? tuple.Sent : tuple.IsDenied ? (1, 0) : (0, 0));
        if (isCounted && tuple.Received.Packets > 0)
            Add(tuple, tuple.Destination, tuple.Source, tuple.Received);
        return null;
    }

    private void Add(in AzureTuple tuple, Endpoint from, Endpoint to, (long Packets, long Bytes) count) =>
        conversations.Add(new OneWayRecord(from, to, tuple.Transport)
        {
            StartNs = tuple.TimeNs,
            EndNs = tuple.TimeNs,
            Packets = count.Packets,
            Bytes = count.Bytes,
            PayloadBytes = OneWayRecord.LeastPayload(count.Bytes, count.Packets, tuple.Transport, from.Address.IsIpv4,
                LinkLength),
            Word = tuple.IsDenied ? FirewallWord.Rejected : FirewallWord.Accepted,
            Stopper = tuple.IsDenied ? StopperOf(_rule) : null,
            Sensor = _sensor,
            IsOpener = from == tuple.Source,
            ShowsAnswers = tuple.IsCounted,
            Identifier = conversations.Sensors[_sensor],
            Line = new FrameReference(input.Member.Capture, _tuples),
        }, input.Tally, _point);

    /// <summary>How a rule is called that denied; <c>unspecified</c> stands for encryption.</summary>
    private string StopperOf(string rule)
    {
        if (rule.Length == 0)
            return "denied in Azure";
        if (!_stoppers.TryGetValue(rule, out var stopper))
            _stoppers.Add(rule, stopper = rule == "unspecified"
                ? "denied in Azure as it was not encrypted"
                : $"denied by rule {rule} in Azure");
        return stopper;
    }
}
