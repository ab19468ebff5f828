namespace PortAudit.Traffic.Capture;

/// <summary>The packets of a source that a <see cref="PacketSelection"/> takes. Allocates nothing per frame.</summary>
/// <param name="source">The source; disposed with this.</param>
/// <param name="selection">The selection.</param>
internal sealed class SelectedSource(ICaptureSource source, PacketSelection selection) : ICaptureSource
{
    private readonly long _sinceNs = selection.SinceNs ?? long.MinValue;
    private readonly long? _untilNs = selection.UntilNs;
    private readonly PacketTest? _test = selection.Test;
    private long _byTime;
    private long _byFilter;

    public string Path => source.Path;

    public string Format => source.Format;

    public IReadOnlyList<CaptureInterface> Interfaces => source.Interfaces;

    public CaptureEnd? Ending => source.Ending;

    public CaptureAnnotations Annotations => source.Annotations;

    public CapturedPacket Current => source.Current;

    /// <summary>What was left out so far.</summary>
    public PacketsLeftOut LeftOut => new(_byTime, _byFilter);

    public bool TryRead(out CapturedPacket packet)
    {
        while (source.TryRead(out packet))
        {
            if (Takes(packet))
                return true;
        }

        return false;
    }

    /// <summary>Moves a source that is at its first packet to the first one that is taken.</summary>
    public bool TryBegin() => Takes(source.Current) || TryRead(out _);

    public void Dispose() => source.Dispose();

    private bool Takes(in CapturedPacket packet)
    {
        if (packet.TimestampNs < _sinceNs || packet.TimestampNs >= _untilNs)
        {
            _byTime++;
            return false;
        }

        if (_test is null || _test(packet))
            return true;
        _byFilter++;
        return false;
    }
}
