namespace PortAudit.Traffic.Capture;

/// <summary>A capture file, which may still grow or be rotated while it is read. It tells a position what is taken from
/// it.</summary>
/// <param name="path">Its path.</param>
/// <param name="position">Receives the number of bytes of each read; null when not wanted.</param>
// The block buffer is the only buffer.
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
