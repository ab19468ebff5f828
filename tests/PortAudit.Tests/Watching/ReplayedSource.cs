using PortAudit.Traffic.Capture;

namespace PortAudit.Tests.Watching;

/// <summary>A capture file that behaves like live interfaces: now and then nothing is due, and it ends after a number
/// of packets.</summary>
internal sealed class ReplayedSource(string path, int quietEvery = 7, long packets = long.MaxValue) : ILiveSource
{
    private readonly ICaptureSource _file = CaptureFile.Open(path);
    private long _read;
    private int _calls;

    public string Path => path;

    public string Format => _file.Format;

    public IReadOnlyList<CaptureInterface> Interfaces => _file.Interfaces;

    public CaptureEnd? Ending => _read == packets ? new CaptureEnd(CaptureEndKind.Complete, 0, "") : _file.Ending;

    public CaptureAnnotations Annotations => _file.Annotations;

    public CapturedPacket Current => _file.Current;

    public bool TryRead(out CapturedPacket packet)
    {
        packet = default;
        if (_read == packets || !_file.TryRead(out packet))
            return false;
        _read++;
        return true;
    }

    public CaptureRead Read(int patienceMs, out CapturedPacket packet)
    {
        packet = default;
        if (++_calls % quietEvery == 0)
            return CaptureRead.Quiet;
        return TryRead(out packet) ? CaptureRead.Packet : CaptureRead.Ended;
    }

    public void Dispose() => _file.Dispose();
}
