namespace PortAudit.Traffic.Capture;

/// <summary>The interfaces of a pcapng file, of all sections in one list; blocks refer to them by number within the
/// section.</summary>
internal sealed class PcapngInterfaces
{
    /// <summary>Interfaces of one capture: far more than a machine has; bounds what a hostile file can make us
    /// store.</summary>
    public const int Maximum = 65_536;

    private readonly List<CaptureInterface> _interfaces = [];
    private readonly List<PcapngClock> _clocks = [];

    /// <summary>Indexes into <see cref="_interfaces"/> by number within the section; negative for a damaged
    /// description.</summary>
    private readonly List<int> _section = [];

    public IReadOnlyList<CaptureInterface> All => _interfaces;

    /// <summary>Starts numbering for a new section.</summary>
    public void BeginSection() => _section.Clear();

    /// <summary>Adds the next interface of the section; false when full.</summary>
    /// <param name="described">The interface; null for a damaged description, which uses up a number too.</param>
    public bool TryAdd(PcapngInterface? described)
    {
        if (_interfaces.Count == Maximum || _section.Count == Maximum)
            return false;
        _section.Add(described is null ? -1 : _interfaces.Count);
        if (described is null)
            return true;
        _interfaces.Add(described.Interface);
        _clocks.Add(described.Clock);
        return true;
    }

    /// <summary>Finds an interface by number within the section; false when not described.</summary>
    public bool TryFind(uint number, out int index)
    {
        index = number < (uint)_section.Count ? _section[(int)number] : -1;
        return index >= 0;
    }

    public CaptureInterface At(int index) => _interfaces[index];

    /// <summary>The timestamp conversion of an interface.</summary>
    public PcapngClock ClockOf(int index) => _clocks[index];
}
