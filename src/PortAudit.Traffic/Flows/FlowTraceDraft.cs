using System.Collections.Immutable;
using PortAudit.Traffic.Records;

namespace PortAudit.Traffic.Flows;

/// <summary>A mutable <see cref="FlowTrace"/>.</summary>
internal sealed class FlowTraceDraft
{
    private readonly SideTraceDraft _low = new();
    private readonly SideTraceDraft _high = new();

    public SideTraceDraft Of(Side side) => side == Side.Low ? _low : _high;

    public FlowTrace ToRecord(ref readonly Flow flow) =>
        new(RecordOf(in flow, flow.Originator), RecordOf(in flow, flow.Responder));

    public void Clear()
    {
        _low.Clear();
        _high.Clear();
    }

    private SideTrace RecordOf(ref readonly Flow flow, Side side)
    {
        ref readonly var sent = ref flow.Of(side);
        var length = flow.Has(side, SideFlags.Sequence) ? sent.NextSequence - sent.FirstSequence : 0;
        return Of(side).ToRecord(length);
    }
}

/// <summary>A mutable <see cref="SideTrace"/>.</summary>
internal sealed class SideTraceDraft
{
    private const int SamplesAtFirst = 4;
    private const int StartBytes = 48;
    private const int LongStartBytes = 256;
    private const uint StreamKind = 32;

    // The samples with the smallest keys, sorted.
    private SampledPacket[] _samples = new SampledPacket[SamplesAtFirst];
    private int _sampleCount;
    private int _startLength;
    private ulong _digest = ContentDigest.Basis;
    private ulong _start;

    /// <summary>Hop limit of the first packet; 0 before.</summary>
    public byte HopLimit { get; set; }

    /// <summary>Its SYN or SYN-ACK; null before.</summary>
    public TcpOpening? Opening { get; set; }

    /// <summary>True when keys of the samples are relative to the opening.</summary>
    public bool IsRelative { get; set; }

    /// <summary>Bytes of the stream's start so far, at most <see cref="LongStartBytes"/>.</summary>
    public int StartLength => _startLength;

    /// <summary>True while more of the stream's start is wanted.</summary>
    public bool WantsStart => _startLength < LongStartBytes;

    /// <summary>Appends to the stream's start.</summary>
    public void AddStart(ReadOnlySpan<byte> bytes)
    {
        if (_startLength < StartBytes)
        {
            var first = bytes[..Math.Min(bytes.Length, StartBytes - _startLength)];
            Continue(first);
            bytes = bytes[first.Length..];
            if (_startLength == StartBytes)
                _start = ContentDigest.Finish(_digest, StreamKind);
        }

        Continue(bytes[..Math.Min(bytes.Length, LongStartBytes - _startLength)]);
    }

    /// <summary>Adds a packet if its key is among the smallest.</summary>
    public void Add(ulong key, long timestampNs, uint content, uint number)
    {
        if (_sampleCount == FlowTrace.MaximumSamples && key > _samples[^1].Key)
            return;
        var index = _sampleCount;
        while (index > 0 && _samples[index - 1].Key >= key)
            index--;
        if (index < _sampleCount && _samples[index].Key == key)
        {
            _samples[index] = _samples[index] with { IsRepeated = true };
            return;
        }

        if (_sampleCount == _samples.Length && _sampleCount < FlowTrace.MaximumSamples)
            Array.Resize(ref _samples, _sampleCount * 2);
        if (_sampleCount < FlowTrace.MaximumSamples)
            _sampleCount++;
        Array.Copy(_samples, index, _samples, index + 1, _sampleCount - index - 1);
        _samples[index] = new SampledPacket(key, timestampNs, content, number, false);
    }

    public SideTrace ToRecord(uint streamLength) => HopLimit == 0 && _sampleCount == 0 ? SideTrace.None : new SideTrace
    {
        HopLimit = HopLimit,
        Opening = Opening,
        StreamLength = streamLength,
        StreamStart = _start != 0 || _startLength == 0 ? _start : ContentDigest.Finish(_digest, StreamKind),
        LongStreamStart = _startLength == 0 ? 0 : ContentDigest.Finish(_digest, StreamKind),
        IsRelative = IsRelative,
        Samples = ImmutableArray.Create(_samples, 0, _sampleCount),
    };

    public void Clear()
    {
        (_sampleCount, _startLength, _digest, _start) = (0, 0, ContentDigest.Basis, 0);
        (HopLimit, Opening, IsRelative) = (0, null, false);
    }

    private void Continue(ReadOnlySpan<byte> bytes)
    {
        _digest = ContentDigest.Continue(_digest, bytes);
        _startLength += bytes.Length;
    }
}
