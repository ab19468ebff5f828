namespace PortAudit.Traffic.Capture;

/// <summary>A capture file, which may grow or be rotated while it is read. Reports progress to a position.</summary>
// BlockBuffer is the only buffer.
internal sealed class CaptureStream(string path, ReadingPosition? position)
    : FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0,
        FileOptions.SequentialScan)
{
    /// <inheritdoc />
    public override int Read(byte[] buffer, int offset, int count)
    {
        var read = base.Read(buffer, offset, count);
        position?.Add(read);
        return read;
    }
}
