namespace PortAudit.Traffic.Capture;

/// <summary>The interfaces of a pcapng file: those of all sections in one list, of which a block names one by its
/// number within the section.</summary>
internal sealed class PcapngInterfaces
{
    /// <summary>
    /// Interfaces of one capture: far more than a machine has, and a bound on what a hostile file makes us keep.
    /// </summary>
    public const int Maximum = 65_536;

    private readonly List<CaptureInterface> _interfaces = [];
    private readonly List<PcapngClock> _clocks = [];

    /// <summary>Places in <see cref="_interfaces"/> by number within the section; negative where the description is
    /// damaged.</summary>
    private readonly List<int> _section = [];

    /// <summary>All interfaces that were described so far.</summary>
    public IReadOnlyList<CaptureInterface> All => _interfaces;

    /// <summary>Forgets the numbers of the section before.</summary>
    public void BeginSection() => _section.Clear();

    /// <summary>Takes the next interface of the section; false when there is no room.</summary>
    /// <param name="described">The interface; null when its description is damaged: its number is used up all the
    /// same.</param>
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

    /// <summary>Finds an interface by its number within the section; false when the section does not describe
    /// it.</summary>
    public bool TryFind(uint number, out int index)
    {
        index = number < (uint)_section.Count ? _section[(int)number] : -1;
        return index >= 0;
    }

    /// <summary>An interface by its place in <see cref="All"/>.</summary>
    public CaptureInterface At(int index) => _interfaces[index];

    /// <summary>How the timestamps of an interface are read.</summary>
    public PcapngClock ClockOf(int index) => _clocks[index];
}
