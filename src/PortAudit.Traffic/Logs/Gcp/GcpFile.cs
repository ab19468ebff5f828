using System.Text.Json;
using PortAudit.Traffic.Logs.Contract;
using PortAudit.Traffic.Logs.Parts;

namespace PortAudit.Traffic.Logs.Gcp;

/// <summary>Reads one file: every object with a <c>connection</c> in its <c>jsonPayload</c>, or in itself, wherever it
/// stands.</summary>
/// <param name="input">The file.</param>
/// <param name="conversations">Joins its records.</param>
internal sealed class GcpFile(LogInput input, ConversationReading conversations) : IJsonSink
{
    /// <summary>Longest name of a property that is read.</summary>
    private const int LongestName = 16;

    private readonly int _point = conversations.PointOf(input.Member);
    private readonly GcpEntry _entry = new();
    private readonly byte[] _name = new byte[LongestName];
    private readonly Dictionary<string, string> _stoppers = new(StringComparer.Ordinal);
    private int _nameLength;
    private int _payloadDepth = -1;
    private int _connectionDepth = -1;

    /// <inheritdoc />
    public string? Take(ref Utf8JsonReader json, long line)
    {
        switch (json.TokenType)
        {
            case JsonTokenType.PropertyName:
                Remember(json.ValueSpan);
                if (Name.SequenceEqual("jsonPayload"u8))
                    _payloadDepth = json.CurrentDepth;
                return null;
            case JsonTokenType.StartObject:
                if (Name.SequenceEqual("connection"u8))
                    Begin(json.CurrentDepth, line);
                _nameLength = 0;
                return null;
            case JsonTokenType.EndObject:
                return End(json.CurrentDepth);
            case JsonTokenType.String or JsonTokenType.Number when _nameLength > 0:
                if (_connectionDepth >= 0)
                    _entry.KeepEnd(Name, json.ValueSpan);
                else
                    _entry.Keep(Name, json.ValueSpan, TextOf);
                break;
        }

        _nameLength = 0;
        return null;
    }

    /// <inheritdoc />
    public void Restart()
    {
        _entry.Clear();
        (_nameLength, _payloadDepth, _connectionDepth) = (0, -1, -1);
    }

    private ReadOnlySpan<byte> Name => _name.AsSpan(0, _nameLength);

    private void Remember(ReadOnlySpan<byte> name)
    {
        _nameLength = name.Length <= LongestName ? name.Length : 0;
        name[.._nameLength].CopyTo(_name);
    }

    private void Begin(int depth, long line)
    {
        _connectionDepth = depth;
        _entry.Begin(line);

        // Without a payload around it, the object that holds the connection is the entry.
        if (_payloadDepth < 0)
            _payloadDepth = depth;
    }

    private string? End(int depth)
    {
        _nameLength = 0;
        if (depth == _connectionDepth)
        {
            _connectionDepth = -1;
            return null;
        }

        if (depth >= _payloadDepth && depth > 0)
            return null;
        string? problem = null;
        if (_entry.HasConnection)
        {
            var stopper = _entry.IsDenied ? StopperOf(_entry.Rule) : null;
            if (_entry.TryRecord(stopper, input.Member.Capture, out problem) is { } record)
                conversations.Add(record, input.Tally, _point);
        }

        Restart();
        return problem;
    }

    private string TextOf(ReadOnlySpan<byte> text) => conversations.Sensors[conversations.Sensors.NumberOf(text)];

    private string StopperOf(string rule)
    {
        if (!_stoppers.TryGetValue(rule, out var stopper))
            _stoppers.Add(rule, stopper = rule.Length == 0
                ? "denied by a firewall rule of Google Cloud"
                : $"denied by firewall rule {rule} of Google Cloud");
        return stopper;
    }
}
