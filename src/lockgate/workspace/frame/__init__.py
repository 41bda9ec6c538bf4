"""Which files belong to every programme, whatever its practices? Programme, sites, people, waves, registers …"""

from lockgate.kernel.practice import FileKind

PROGRAMME = "programme"
PROGRAMME_FILE = "lockgate.toml"
_HERE = "lockgate.workspace.frame"
FRAME = (
    FileKind(PROGRAMME, PROGRAMME_FILE, f"{_HERE}.programme:ProgrammeFile"),
    FileKind("sites", "programme/sites.yaml", f"{_HERE}.sites:SitesFile"),
    FileKind("people", "programme/people.yaml", f"{_HERE}.people:PeopleFile"),
    FileKind("calendars", "programme/calendars.yaml", f"{_HERE}.calendars:CalendarsFile"),
    FileKind("waves", "programme/waves.yaml", f"{_HERE}.waves:WavesFile"),
    FileKind("schedules", "programme/schedules.yaml", f"{_HERE}.schedules:SchedulesFile"),
    FileKind("registers", "programme/registers/*.yaml", "lockgate.workspace.registers:RegisterFile"),
)
